"""One writer a customer. dj-stripe has no lock: a slow webhook would overwrite newer news."""

import datetime as dt

from django.db import connection


def lock_customer(customer_id: str) -> dt.datetime:
    """Wait until nobody else writes about this customer, to the end of the transaction.

    Returns the database's time: what is read from Stripe from now on is newer than whatever any
    earlier holder has read, whichever machine it ran on.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"stripe:{customer_id}"]
        )
        cursor.execute("SELECT clock_timestamp()")
        (held_at,) = cursor.fetchone()
    moment: dt.datetime = held_at
    return moment

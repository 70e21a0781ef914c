"""A process of its own that tries a secret: it says how often it was let through."""

import os
import sys
import time

import django

if __name__ == "__main__":
    django.setup()
    from django.db import connection

    from fitness.core import limits

    connection.ensure_connection()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    start_at = float(sys.stdin.readline())
    time.sleep(max(0, start_at - time.time()))
    let_through = 0
    for _ in range(5):
        try:
            with limits.attempt("sign_in", address=f"192.0.2.{os.getpid() % 2}", account="a"):
                let_through += 1
                time.sleep(0.02)  # as long as a password takes to hash
        except limits.LimitReachedError:
            pass
    sys.stdout.write(f"{let_through}\n")

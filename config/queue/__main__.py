"""``python -m config.queue``: one cluster, as the supervisor starts it."""

import django

if __name__ == "__main__":
    django.setup()

    from config.queue.cluster import run

    run()

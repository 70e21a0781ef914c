"""The web server: ``gunicorn -c python:config.gunicorn``, in production, demo and bench alike."""

import os

from config.env import env

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")  # noqa: TID251

wsgi_app = "config.wsgi"
bind = env.str("WEB_BIND", default="127.0.0.1:8000")
worker_class = "gthread"
workers = env.int("WEB_WORKERS", default=2)
threads = env.int("WEB_THREADS", default=4)
timeout = 30
graceful_timeout = 30
keepalive = 5
# A worker that has grown is replaced; the jitter keeps them from going all at once.
max_requests = 5_000
max_requests_jitter = 500
forwarded_allow_ips = env.str("WEB_TRUSTED_PROXIES", default="127.0.0.1")
control_socket_disable = True


# Loaded once and shared: workers start at once, and a missing setting ends the start.
preload_app = True


def when_ready(server: object) -> None:
    """Leave workers no connection of the parent's to share."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        getattr(connection, "close_pool", lambda: None)()

"""Django's tasks, run by django-q2; nothing else in the project names the engine."""

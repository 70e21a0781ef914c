import pytest
from django_q.models import OrmQ


@pytest.fixture
def empty_queue(db: None) -> None:
    """Making Wagtail's first pages enqueued some tasks."""
    OrmQ.objects.all().delete()

"""A private bucket: the stand-in for S3, running, with the real storage on it."""

import uuid
from collections.abc import Iterator

import pytest
from django.core.files.storage import storages
from pytest_django import Settings
from storages.backends.s3 import S3Storage

from cms.media.models import PosterFrame
from config.devservices.s3 import S3StandIn
from config.settings.media import bucket
from fitness.training.models import Video


@pytest.fixture(scope="session")
def running_s3() -> Iterator[S3StandIn]:
    running = S3StandIn()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def s3(running_s3: S3StandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> S3StandIn:
    """The private storage is an empty bucket."""
    name = f"media-{uuid.uuid4()}"
    running_s3.make_bucket(name)
    told = running_s3.environment(name)
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(variable, told[variable])
    private = bucket(name=name, endpoint=told["MEDIA_S3_ENDPOINT"], region=told["MEDIA_S3_REGION"])
    settings.STORAGES = settings.STORAGES | {"private": private}
    assert isinstance(storages["private"], S3Storage)
    for file in (Video.file, PosterFrame.picture):
        monkeypatch.setattr(file.field, "storage", storages["private"])
    return running_s3

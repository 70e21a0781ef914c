"""An OpenAI for tests: the stand-in, over real HTTP."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings

from config.devservices.openai import KEY, OpenAIStandIn


@pytest.fixture(scope="session")
def running_openai() -> Iterator[OpenAIStandIn]:
    running = OpenAIStandIn()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def openai(running_openai: OpenAIStandIn, settings: Settings, db: None) -> OpenAIStandIn:
    """A fresh one, for tests in which there is an assistant."""
    running_openai.reset()
    settings.OPENAI_API_KEY = KEY
    settings.OPENAI_BASE_URL = running_openai.base
    settings.OPENAI_SECONDS = 2.0
    cache.clear()
    return running_openai

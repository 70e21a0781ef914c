"""OpenAI, which drafts words for editors. Without a key there is no assistant."""

from urllib.parse import urlsplit

from config.env import env

OPENAI_API_KEY = env.str("OPENAI_API_KEY", default="")
OPENAI_BASE_URL = env.str("OPENAI_BASE_URL", default="https://api.openai.com/v1")
OPENAI_MODEL = env.str("OPENAI_MODEL", default="gpt-5-mini")
# How long an answer may take. Two tries have to end before the queue ends the task.
OPENAI_SECONDS = env.float("OPENAI_SECONDS", default=25.0)


def is_openai(address: str) -> bool:
    """Whether an address is OpenAI's own, of any region, and no stand-in's."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    return parts.scheme == "https" and f".{host}".endswith(".api.openai.com")

"""What the stand-in says: words of its own in whatever shape it is asked for."""

import json
import secrets
import time
from typing import Any

_WORDS = {
    "teaser": "Twenty calm minutes that wake up hips and shoulders. Inside wait the order of the"
    " moves and the coach's cues for each.",
    "search engines": "A short, clear routine with cues from our coaches, for every level.",
    "picture": "Somebody lifts a kettlebell in front of a plain wall.",
}
_OUTLINE = {
    "parts": [
        {
            "heading": "Before you begin",
            "steps": [
                {"heading": "Make room", "text": "Clear a space as long as you are tall."},
                {"heading": "Warm up", "text": "March on the spot for two minutes."},
            ],
        },
        {
            "heading": "The movement",
            "steps": [
                {"heading": "Set your feet", "text": "Stand as wide as your hips."},
                {"heading": "Breathe out", "text": "Go up on the breath out, and slowly down."},
            ],
        },
    ]
}


def words_for(asked: dict[str, Any]) -> str:
    """JSON that fits the schema that was sent along."""
    schema = asked["text"]["format"]["schema"]
    if "parts" in schema["properties"]:
        return json.dumps(_OUTLINE)
    told = str(asked.get("instructions", ""))
    words = next((text for mark, text in _WORDS.items() if mark in told), "A few plain words.")
    return json.dumps({"text": words})


def response(
    asked: dict[str, Any], text: str, *, status: str = "completed", refusal: str = ""
) -> dict[str, Any]:
    """A response object with one message."""
    part: dict[str, Any] = (
        {"type": "refusal", "refusal": refusal}
        if refusal
        else {"type": "output_text", "text": text, "annotations": []}
    )
    tokens_in, tokens_out = len(json.dumps(asked)) // 4, len(text) // 4 + 1
    return {
        "id": f"resp_{secrets.token_hex(12)}",
        "object": "response",
        "created_at": int(time.time()),
        "status": status,
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if status == "incomplete" else None,
        "instructions": asked.get("instructions"),
        "metadata": {},
        "model": asked["model"],
        "output": [
            {
                "id": f"msg_{secrets.token_hex(12)}",
                "type": "message",
                "role": "assistant",
                "status": status,
                "content": [part],
            }
        ],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "usage": {
            "input_tokens": tokens_in,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": tokens_out,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": tokens_in + tokens_out,
        },
    }


def fault(message: str, *, kind: str, code: str | None = None) -> dict[str, Any]:
    """An error object."""
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}

"""OpenAI as far as the house asks it: one answer in a given shape, over the Responses API."""

from config.devservices.openai.standin import KEY, OpenAIStandIn, PortTakenError

__all__ = ["KEY", "OpenAIStandIn", "PortTakenError"]

"""Google and Apple as far as signing in goes; allauth's own clients talk to it unchanged."""

from config.devservices.identity.people import PEOPLE, Person
from config.devservices.identity.standin import IdentityStandIn, PortTakenError

__all__ = ["PEOPLE", "IdentityStandIn", "Person", "PortTakenError"]

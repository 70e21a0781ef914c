from importlib import import_module

from django.apps import AppConfig


class StripeGatewayConfig(AppConfig):
    name = "commerce.gateways.stripe"
    label = "stripe_gateway"

    def ready(self) -> None:
        import_module("commerce.gateways.stripe.receivers")
        import_module("commerce.gateways.stripe.client").limit_patience()

"""What each kind of object holds before anybody said anything, in the shape of API_VERSION."""

import copy
from typing import Any

API_VERSION = "2026-08-26.dahlia"

type Obj = dict[str, Any]

PREFIXES = {
    "balance_transaction": "txn",
    "billing_portal.session": "bps",
    "charge": "ch",
    "checkout.session": "cs_test",
    "customer": "cus",
    "dispute": "du",
    "entitlements.feature": "feat_test",
    "event": "evt",
    "invoice": "in",
    "invoice_payment": "inpay",
    "invoiceitem": "ii",
    "item": "li",
    "line_item": "il",
    "payment_intent": "pi",
    "payment_method": "pm",
    "price": "price",
    "product": "prod",
    "product_feature": "prodft",
    "refund": "re",
    "setup_intent": "seti",
    "subscription": "sub",
    "subscription_item": "si",
    "webhook_endpoint": "we",
}


def _nulls(names: str) -> Obj:
    return dict.fromkeys(names.split())


ADDRESS = _nulls("city country line1 line2 postal_code state")
NO_TAX = {"enabled": False, "liability": None, "provider": None, "status": None}
NO_PAYMENT_OPTIONS = {
    "default_mandate": None,
    "payment_method_options": None,
    "payment_method_types": None,
}

_BLANKS: dict[str, Obj] = {
    "balance_transaction": {
        **_nulls("description exchange_rate source"),
        "balance_type": "payments", "fee": 0, "fee_details": [], "status": "available",
    },
    "billing_portal.session": _nulls("configuration flow locale on_behalf_of return_url"),
    "charge": {
        **_nulls(
            "application application_fee application_fee_amount balance_transaction"
            " calculated_statement_descriptor description failure_balance_transaction failure_code"
            " failure_message on_behalf_of receipt_email receipt_number receipt_url review shipping"
            " source source_transfer statement_descriptor statement_descriptor_suffix transfer_data"
            " transfer_group"
        ),
        "amount_captured": 0, "amount_refunded": 0, "captured": False, "disputed": False,
        "fraud_details": {}, "metadata": {}, "paid": False, "refunded": False,
    },
    "checkout.session": {
        **_nulls(
            "adaptive_pricing after_expiration allow_promotion_codes billing_address_collection"
            " cancel_url client_reference_id client_secret collected_information consent"
            " consent_collection currency_conversion customer customer_account customer_creation"
            " customer_details customer_email discounts invoice invoice_creation locale"
            " origin_context payment_intent payment_link payment_method_configuration_details"
            " permissions recovered_from saved_payment_method_options setup_intent"
            " shipping_address_collection shipping_cost submit_type subscription success_url"
            " wallet_options"
        ),
        "automatic_tax": NO_TAX, "custom_fields": [],
        "custom_text": _nulls(
            "after_submit shipping_address submit terms_of_service_acceptance"
        ),
        "payment_method_options": {}, "payment_method_types": ["card"],
        "payment_status": "unpaid", "phone_number_collection": {"enabled": False},
        "shipping_options": [], "status": "open", "ui_mode": "hosted_page",
    },
    "customer": {
        **_nulls(
            "address currency customer_account default_source description discount email name"
            " phone shipping test_clock"
        ),
        "balance": 0, "delinquent": False, "next_invoice_sequence": 1, "preferred_locales": [],
        "tax_exempt": "none",
    },
    "dispute": {
        **_nulls("network_reason_code payment_method_details"),
        "balance_transactions": [], "enhanced_eligibility_types": [], "evidence": {},
        "evidence_details": {
            "due_by": None, "enhanced_eligibility": {}, "has_evidence": False, "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False, "metadata": {}, "status": "needs_response",
    },
    "entitlements.feature": {"active": True},
    "invoice": {
        **_nulls(
            "account_tax_ids application automatically_finalizes_at confirmation_secret"
            " custom_fields customer_account customer_address customer_phone customer_shipping"
            " default_payment_method default_source description due_date effective_at"
            " ending_balance footer from_invoice hosted_invoice_url invoice_pdf"
            " last_finalization_error latest_revision next_payment_attempt number on_behalf_of"
            " parent receipt_number rendering shipping_cost shipping_details statement_descriptor"
            " test_clock webhooks_delivered_at"
        ),
        "account_country": "US", "account_name": "Stand-in", "amount_due": 0,
        "amount_overpaid": 0, "amount_paid": 0, "amount_remaining": 0, "amount_shipping": 0,
        "attempt_count": 0, "attempted": False, "auto_advance": True,
        "automatic_tax": {**NO_TAX, "disabled_reason": None},
        "collection_method": "charge_automatically", "customer_tax_exempt": "none",
        "customer_tax_ids": [], "default_tax_rates": [], "discounts": [],
        "issuer": {"type": "self"}, "metadata": {}, "payment_settings": NO_PAYMENT_OPTIONS,
        "post_payment_credit_notes_amount": 0, "pre_payment_credit_notes_amount": 0,
        "starting_balance": 0, "status": "draft",
        "status_transitions": _nulls("finalized_at marked_uncollectible_at paid_at voided_at"),
        "total_discount_amounts": [], "total_pretax_credit_amounts": [], "total_taxes": [],
    },
    "invoice_payment": {
        "amount_paid": None, "is_default": True, "status": "open",
        "status_transitions": {"canceled_at": None, "paid_at": None},
    },
    "invoiceitem": {
        **_nulls("customer_account invoice parent pricing test_clock"),
        "discountable": False, "discounts": [], "metadata": {}, "proration": True,
        "tax_rates": [],
    },
    "item": {"amount_discount": 0, "amount_tax": 0, "discounts": [], "metadata": {}, "taxes": []},
    "line_item": {
        "discount_amounts": [], "discountable": True, "discounts": [], "metadata": {},
        "pretax_credit_amounts": [], "taxes": [],
    },
    "payment_intent": {
        **_nulls(
            "application application_fee_amount canceled_at cancellation_reason customer"
            " customer_account description excluded_payment_method_types last_payment_error"
            " latest_charge next_action on_behalf_of payment_method"
            " payment_method_configuration_details processing receipt_email review"
            " setup_future_usage shipping source statement_descriptor"
            " statement_descriptor_suffix transfer_data transfer_group"
        ),
        "amount_capturable": 0, "amount_details": {"tip": {}}, "amount_received": 0,
        "automatic_payment_methods": {"allow_redirects": "always", "enabled": True},
        "capture_method": "automatic_async", "confirmation_method": "automatic", "metadata": {},
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"], "status": "requires_payment_method",
    },
    "payment_method": {
        **_nulls("customer customer_account"),
        "allow_redisplay": "unspecified", "metadata": {}, "type": "card",
    },
    "price": {
        **_nulls(
            "custom_unit_amount lookup_key nickname recurring tiers_mode transform_quantity"
        ),
        "active": True, "billing_scheme": "per_unit", "tax_behavior": "unspecified",
    },
    "product": {
        **_nulls(
            "default_price description package_dimensions shippable statement_descriptor tax_code"
            " unit_label url"
        ),
        "active": True, "images": [], "marketing_features": [], "type": "service",
    },
    "refund": {
        **_nulls(
            "balance_transaction customer customer_account payment_intent payment_method reason"
            " receipt_number source_transfer_reversal transfer_reversal"
        ),
        "destination_details": {"card": {"type": "refund"}, "type": "card"},
        "status": "succeeded",
    },
    "setup_intent": {
        **_nulls(
            "application cancellation_reason customer customer_account description"
            " excluded_payment_method_types flow_directions last_setup_error latest_attempt mandate"
            " next_action on_behalf_of payment_method payment_method_configuration_details"
            " single_use_mandate"
        ),
        "automatic_payment_methods": {"allow_redirects": "always", "enabled": True},
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"], "status": "requires_payment_method",
    },
    "subscription": {
        **_nulls(
            "application application_fee_percent billing_cycle_anchor_config billing_thresholds"
            " cancel_at canceled_at customer_account days_until_due default_payment_method"
            " default_source description ended_at latest_invoice"
            " next_pending_invoice_item_invoice on_behalf_of pause_collection"
            " pending_invoice_item_interval pending_setup_intent pending_update schedule test_clock"
            " transfer_data trial_end trial_start"
        ),
        "automatic_tax": {"enabled": False, "liability": None, "disabled_reason": None},
        "billing_mode": {"type": "flexible", "flexible": {"proration_discounts": "included"}},
        "billing_schedules": [], "cancel_at_period_end": False,
        "cancellation_details": _nulls("comment feedback reason"),
        "collection_method": "charge_automatically", "default_tax_rates": [], "discounts": [],
        "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
        "payment_settings": {
            "payment_method_options": None, "payment_method_types": None,
            "save_default_payment_method": "off",
        },
        "status": "incomplete",
    },
    "subscription_item": {
        "billing_thresholds": None, "discounts": [], "metadata": {}, "tax_rates": [],
    },
    "webhook_endpoint": {"application": None, "description": None, "status": "enabled"},
}  # fmt: skip


def blank(kind: str) -> Obj:
    return copy.deepcopy(_BLANKS.get(kind, {}))


def public(value: Any) -> Any:
    """A copy without what the stand-in keeps for itself (names that begin with ``_``)."""
    if isinstance(value, dict):
        return {name: public(inner) for name, inner in value.items() if name[:1] != "_"}
    if isinstance(value, list):
        return [public(inner) for inner in value]
    return value


def listing(objects: list[Obj], url: str, *, has_more: bool = False) -> Obj:
    return {"object": "list", "data": objects, "has_more": has_more, "url": url}

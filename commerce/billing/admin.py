"""The books, for people who answer members' questions: to be read, never written."""

from django.contrib import admin

from commerce.billing.models import LedgerEntry, Purchase, Subscription
from fitness.core.admin import ReadOnlyAdmin


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "user", "product", "status", "period_end", "access_until"]
    list_filter = ["status", "store", "product"]
    list_select_related = ["user", "product"]
    search_fields = ["external_id", "user__email"]


@admin.register(Purchase)
class PurchaseAdmin(ReadOnlyAdmin):
    list_display = ["external_id", "user", "product", "status", "bought_at", "revoked_at"]
    list_filter = ["status", "store", "product"]
    list_select_related = ["user", "product"]
    search_fields = ["external_id", "user__email"]


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    list_display = ["occurred_at", "kind", "amount_minor", "currency", "source", "user"]
    list_filter = ["kind", "store", "currency"]
    list_select_related = ["user"]
    search_fields = ["external_id", "source", "user__email"]
    date_hierarchy = "occurred_at"

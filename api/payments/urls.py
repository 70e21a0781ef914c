from django.urls import path

from api.payments import views, webhooks

urlpatterns = [
    path("products", views.Products.as_view()),
    path("subscriptions", views.Subscriptions.as_view()),
    path("subscriptions/<uuid:uid>/cancel", views.CancelSubscription.as_view()),
    path("purchases", views.Purchases.as_view()),
    path("entitlements", views.Entitlements.as_view()),
    path("webhooks/stripe", webhooks.StripeWebhook.as_view()),
]

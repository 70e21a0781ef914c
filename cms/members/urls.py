"""Web pages outside the editors' tree: buying, training and a member's own day."""

from django.urls import path

from cms.members import account, favorites, privacy, profile, shop, training, views

urlpatterns = [
    path("plans", shop.plans, name="plans"),
    path("plans/<uuid:offer_uid>/buy", shop.buy, name="buy"),
    path("checkout/done", shop.checkout_done, name="checkout_done"),
    path("today", views.today, name="today"),
    path("settings", account.settings, name="settings"),
    path("settings/sessions", account.Devices.as_view(), name="usersessions_list"),
    path("settings/sessions/phones/<uuid:uid>/end", account.end_phone, name="end_phone"),
    path("settings/sessions/<int:pk>/end", account.end_browser, name="end_browser"),
    path("verify-email", account.look_in_your_inbox, name="account_email_verification_sent"),
    path("settings/profile", profile.profile, name="profile"),
    path("settings/profile/avatar", profile.avatar, name="profile_avatar"),
    path("favorites/<slug:kind>/<uuid:target>", favorites.favorite, name="favorite"),
    path("settings/board", views.board_setting, name="board_setting"),
    # What we hold on a member, and the end of it.
    path("settings/privacy", privacy.privacy, name="privacy"),
    path("settings/privacy/consent", privacy.consent, name="consent"),
    path("settings/privacy/export", privacy.export, name="export"),
    path("settings/privacy/export/file", privacy.export_file, name="export_file"),
    path("settings/privacy/close", privacy.close, name="close_account"),
    path("account/left", privacy.left, name="left_us"),
    path("account/reopened", privacy.reopened, name="reopened"),
    path("account/undo/<str:token>", privacy.undo, name="undo_closure"),
    path("train/<uuid:workout_uid>/done", training.done, name="workout_done"),
    path("train/<uuid:workout_uid>/playback/<uuid:video_uid>", training.playback, name="playback"),
    path("train/<uuid:workout_uid>/progress/<uuid:video_uid>", training.progress, name="progress"),
]

from django.urls import path

from api.auth import addresses, passwords, sessions, social, views

urlpatterns = [
    path("register", views.Register.as_view()),
    path("signup", views.Register.as_view()),
    path("verify-email", addresses.VerifyEmail.as_view()),
    path("verify-email/resend", addresses.ResendVerification.as_view()),
    path("login", views.Login.as_view()),
    path("refresh-token", views.Refresh.as_view()),
    path("logout", views.Logout.as_view()),
    path("password-reset", passwords.ResetPassword.as_view()),
    path("password-reset/confirm", passwords.ConfirmReset.as_view()),
    path("password-change", passwords.ChangePassword.as_view()),
    path("sessions", sessions.Sessions.as_view()),
    path("sessions/<uuid:uid>", sessions.SessionDetail.as_view()),
    path("social", social.Connections.as_view()),
    path("social/google", social.GoogleSignIn.as_view()),
    path("social/google/link", social.GoogleLink.as_view()),
    path("social/apple", social.AppleSignIn.as_view()),
    path("social/apple/link", social.AppleLink.as_view()),
    path("social/<int:account_id>", social.ConnectionDetail.as_view()),
]

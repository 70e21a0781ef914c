from django.urls import path

from api.auth import views

urlpatterns = [
    path("register", views.Register.as_view()),
    path("signup", views.Register.as_view()),
    path("login", views.Login.as_view()),
    path("refresh-token", views.Refresh.as_view()),
    path("logout", views.Logout.as_view()),
]

"""The member's own: profile, settings, weights, favourites, progress, home screen."""

from django.urls import path

from api.users.avatar import AvatarView
from api.users.dashboard import Dashboard
from api.users.favorites import FavoriteDetail, Favorites
from api.users.privacy import Consents, ExportView, Me
from api.users.profile import ProfileView
from api.users.progress import Progress
from api.users.settings import SettingsView
from api.users.weights import WeightDetail, Weights

urlpatterns = [
    path("consents", Consents.as_view()),
    path("export", ExportView.as_view()),
    path("me", Me.as_view()),
    path("profile", ProfileView.as_view()),
    path("profile/avatar", AvatarView.as_view()),
    path("settings", SettingsView.as_view()),
    path("weights", Weights.as_view()),
    path("weights/<uuid:uid>", WeightDetail.as_view()),
    path("progress", Progress.as_view()),
    path("favorites", Favorites.as_view()),
    path("favorites/<uuid:uid>", FavoriteDetail.as_view()),
    path("dashboard", Dashboard.as_view()),
]

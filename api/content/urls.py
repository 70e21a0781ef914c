from django.urls import path

from api.content import search, views

urlpatterns = [
    path("articles", views.Articles.as_view()),
    path("articles/<uuid:uid>", views.ArticleDetail.as_view()),
    path("tutorials", views.Tutorials.as_view()),
    path("tutorials/<uuid:uid>", views.TutorialDetail.as_view()),
    path("programmes", views.Programmes.as_view()),
    path("programmes/<uuid:uid>", views.ProgrammeDetail.as_view()),
    path("search", search.ContentSearch.as_view()),
    path("playback/<uuid:uid>", views.Playback.as_view()),
]

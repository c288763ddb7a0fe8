from django.urls import path

from translations import views

app_name = "translations"
urlpatterns = [
    path("articles/<slug:slug>/changes/", views.article_changes, name="article_changes"),
]

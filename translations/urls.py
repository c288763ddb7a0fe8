from django.urls import path

from translations import views

app_name = "translations"
urlpatterns = [
    path("articles/<slug:slug>/with/<slug:language>/", views.article_with, name="article_with"),
    path("articles/<slug:slug>/changes/", views.article_changes, name="article_changes"),
    path("translators/", views.translator_list, name="translator_list"),
]

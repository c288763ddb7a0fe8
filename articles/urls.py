from django.urls import path

from articles import views

app_name = "articles"
urlpatterns = [
    path("sections/<slug:slug>/", views.section_detail, name="section_detail"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic_detail"),
    path("contributors/<slug:slug>/", views.contributor_detail, name="contributor_detail"),
    path("articles/<slug:slug>/", views.article_detail, name="article_detail"),
    path("readings/", views.note_reading, name="note_reading"),
    path("corrections/", views.correction_list, name="correction_list"),
    path("pages/<slug:slug>/", views.page_detail, name="page_detail"),
]

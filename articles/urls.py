from django.urls import path, re_path

from articles import archive, views

app_name = "articles"
urlpatterns = [
    path("sections/<slug:slug>/", views.section_detail, name="section_detail"),
    path("topics/<slug:slug>/", views.topic_detail, name="topic_detail"),
    path("series/<slug:slug>/", views.series_detail, name="series_detail"),
    path("contributors/<slug:slug>/", views.contributor_detail, name="contributor_detail"),
    path("articles/<slug:slug>/", views.article_detail, name="article_detail"),
    path("readings/", views.note_reading, name="note_reading"),
    path("corrections/", views.correction_list, name="correction_list"),
    path("archive/", archive.archive, name="archive"),
    re_path(
        "^archive/(?P<year>2[0-9]{3}|19[0-9]{2})/(?P<month>0[1-9]|1[0-2])/$",
        archive.archive_month,
        name="archive_month",
    ),
    path("pages/<slug:slug>/", views.page_detail, name="page_detail"),
]

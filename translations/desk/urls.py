"""Pages of the desk, below /admin/translations/desk/: for who may sign in there."""

from django.contrib import admin
from django.urls import path

from translations.desk import views

app_name = "translation_desk"
urlpatterns = [
    path(route, admin.site.admin_view(view), name=view.__name__)
    for route, view in (
        ("", views.table),
        ("translations.csv", views.csv),
        ("request/", views.ask),
        ("claim/", views.claim),
        ("release/", views.release),
        ("<int:story>/<slug:language>/", views.cell),
    )
]

"""The site's addresses, and the same article in the usual form."""

from django.urls import path

from bench.usual import usual_article
from newsroom.urls import handler400, handler500, urlpatterns

__all__ = ["handler400", "handler500", "urlpatterns"]

urlpatterns = [path("usual/<slug:slug>/", usual_article), *urlpatterns]

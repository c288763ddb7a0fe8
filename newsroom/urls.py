"""Every address of the site. Public ones stand below an edition's prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from newsroom import accent, health, media, views

handler400 = "newsroom.errors.bad_request"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accent-<slug:digest>.css", accent.accent_stylesheet, name="accent_stylesheet"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("me/", include("comments.personal_urls")),
]
if settings.IS_LOCAL:  # elsewhere the web server or the bucket serves media
    urlpatterns += [path("media/<path:path>", media.media_file, name="media")]
urlpatterns += i18n_patterns(
    path("", views.front_page, name="front_page"),
    path("", include("articles.urls")),
    path("", include("comments.urls")),
    path("", include("translations.urls")),
    path("support/", include("fundraising.urls")),
    prefix_default_language=False,
)

"""Every address of the site. Public ones stand below an edition's prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from articles.image_views import image_file
from articles.preview_pages import shared_preview
from fundraising.donor_views import donor_data
from fundraising.webhooks import payments_webhook
from newsroom import accent, card_views, feeds, health, media, republishing, robots, sitemaps, views
from newsroom.my_translations import my_translations
from newsroom.search_views import search

handler400 = "newsroom.errors.bad_request"
handler429 = "newsroom.errors.too_many"  # allauth's forms
handler500 = "newsroom.errors.server_error"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accent-<slug:digest>.css", accent.accent_stylesheet, name="accent_stylesheet"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("news-sitemap.xml", sitemaps.sitemap_of_news, name="sitemap_of_news"),
    path("sitemaps/pages.xml", sitemaps.sitemap_of_pages, name="sitemap_of_pages"),
    path(
        "sitemaps/articles-<int:number>.xml",
        sitemaps.sitemap_of_articles,
        name="sitemap_of_articles",
    ),
    path("images/<int:pk>/", image_file, name="image_file"),
    re_path(
        "^cards/(?P<pk>[1-9][0-9]{0,17})-(?P<digest>[0-9a-f]{24})[.]png$",
        card_views.article_card,
        name="article_card",
    ),
    path("preview/<str:token>/", shared_preview, name="shared_preview"),
    path("admin/my-translations/", admin.site.admin_view(my_translations), name="my_translations"),
    path("admin/translations/desk/", include("translations.desk.urls")),
    path("admin/fundraising/givers/", admin.site.admin_view(donor_data), name="donor_data"),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("me/", include("comments.personal_urls")),
    path("payments/<slug:provider>/webhook/", payments_webhook, name="payments_webhook"),
]
if settings.IS_LOCAL:  # elsewhere the web server or the bucket serves media
    urlpatterns += [path("media/<path:path>", media.media_file, name="media")]
_feed = r"feeds/latest\.(?P<kind>rss|atom|json)$"
_slug = "(?P<slug>[-a-zA-Z0-9_]+)"
urlpatterns += i18n_patterns(
    path("", views.front_page, name="front_page"),
    re_path(rf"^{_feed}", feeds.latest_feed, name="latest_feed"),
    re_path(rf"^sections/{_slug}/{_feed}", feeds.section_feed, name="section_feed"),
    re_path(rf"^topics/{_slug}/{_feed}", feeds.topic_feed, name="topic_feed"),
    re_path(rf"^series/{_slug}/{_feed}", feeds.series_feed, name="series_feed"),
    re_path(rf"^contributors/{_slug}/{_feed}", feeds.contributor_feed, name="contributor_feed"),
    path(
        "articles/<slug:slug>/republish/", republishing.article_republish, name="article_republish"
    ),
    path("search/", search, name="search"),
    path("", include("articles.urls")),
    path("", include("translations.urls")),
    path("", include("comments.urls")),
    path("support/", include("fundraising.urls")),
    prefix_default_language=False,
)

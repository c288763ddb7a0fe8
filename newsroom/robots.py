"""robots.txt: where robots find the sitemap, and what is not for them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from operations.models import SiteSettings
from pagecache.marks import keep

# Programs that collect texts to train models, by the names that their makers publish. No search
# engine is among them: Apple and Google have names of their own for this.
AI_CRAWLERS = [
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-training-data-crawler",
    "DeepSeekBot",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "ImagesiftBot",
    "img2dataset",
    "Kangaroo Bot",
    "meta-externalagent",
    "omgili",
    "omgilibot",
    "PanguBot",
    "Timpibot",
    "Webzio-Extended",
]
NOBODY = "Disallow: /"
EVERYBODY = """User-agent: *
Disallow: /admin/
Disallow: /accounts/
Disallow: /me/
Disallow: /preview/
Disallow: /support/gifts/
Disallow: /*/support/gifts/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    groups = [EVERYBODY]
    if not SiteSettings.of(request).allows_ai_crawlers:
        names = [f"User-agent: {name}" for name in AI_CRAWLERS]
        groups.append("\n".join([*names, NOBODY, ""]))
    groups.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap_index')}\n")
    text = "\n".join(groups)
    return keep(HttpResponse(text, content_type="text/plain; charset=utf-8"))

"""What the conversation's fragment needs, below an article and on a page of its own."""

from typing import Any

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Article
from comments.forms import CommentForm
from comments.models import Discussion
from comments.reading import Sort, read
from operations.models import SiteSettings


def conversation_context(
    request: HttpRequest, article: Article, *, is_page: bool = False
) -> dict[str, Any]:
    """Below an article its first threads; as a page (`is_page`) what `?after=` asks for.

    Two queries, with the article's contributions loaded. The same for everybody: neither person
    nor session is looked at. Raises Http404 for a sort or a cursor that does not exist.
    """
    discussion = Discussion.objects.of_story(article.story_id)
    if (wanted := request.GET.get("sort", Sort.NEWEST)) not in Sort.values:
        raise Http404("No such order")
    sort = Sort(wanted)
    after = request.GET.get("after", "") if is_page else ""
    try:
        page = read(discussion, sort=sort, after=after, badges=badges(article))
    except BadSignature:
        raise Http404("No such page")
    return {
        "article": article,
        "discussion": discussion,
        "accepts": discussion.accepts(SiteSettings.of(request).comment_policy),
        "page": page,
        "is_page": is_page,
        "more_url": more_url(article, sort, page.after if is_page else "") if page.after else "",
        "sort": sort,
        "sorts": Sort,
        # comments' addresses are this and their number: a reverse for each would cost more
        "comments_url": SafeString(reverse("comments:comment_detail", args=[0])[:-2]),
        "form": CommentForm(auto_id="comment_%s"),
        "reply_form": CommentForm(auto_id="reply_%s"),
    }


def more_url(article: Article, sort: Sort, after: str) -> str:
    """The conversation's own page, from its start or from where another page ended."""
    query = {"sort": sort.value} | ({"after": after} if after else {})
    return reverse("comments:conversation", args=[article.slug], query=query)


def badges(article: Article) -> dict[int, str]:
    """{member id: their first role in the byline}."""
    labels: dict[int, str] = {}
    for contribution in article.contributions.all():
        if user_id := contribution.contributor.user_id:
            labels.setdefault(user_id, contribution.get_role_display())
    return labels

"""A thousand comments as HTML: our rows and template, against model instances and the usual one.

Both begin with what was read from the database and end with the same parts of each comment in one
text. CPU time of this process. The usual form stands in usual.py and templates/usual/.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from articles.models import Article
from bench.measuring import Row, ratio, turns
from bench.usual import usual_comments
from bench.world import Scale, conversation
from comments import reading
from comments.lines import Shown
from comments.models import Discussion
from comments.passages import Passages
from comments.reading import WHOLE_THREADS
from comments.wanted import Show, Wanted

OURS = Template("{% load conversation %}{% comment_lines lines %}")
Rendering = Callable[[], str]


def measure(scale: Scale) -> list[Row]:
    ours, usual = renderings(conversation(1000 if not scale.is_quick else 200))
    mine, theirs = turns(lambda: cpu(ours), lambda: cpu(usual), rounds=scale.rounds(15))
    return [ratio("rendering 1,000 comments, by the usual form", mine, theirs, at_most=0.25)]


def cpu(work: Rendering) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def renderings(article: Article) -> tuple[Rendering, Rendering]:
    """Ours and the usual one of all of the article's comments."""
    discussion = Discussion.objects.get(story=article.story_id)
    found = reading._threads(discussion, Wanted(show=Show.WHOLE), None, WHOLE_THREADS)
    shown = Shown(Passages(article, []), {}, datetime.max.replace(tzinfo=UTC))
    nodes = list(usual_comments(discussion))
    context = {
        "accepts": True, "takes_down_votes": True, "comments_url": SafeString("/comments/"),
        "text_url": "",
    }  # fmt: skip

    def ours() -> str:
        lines = reading._lines(found, shown)
        return OURS.render(Context({**context, "lines": lines}))

    def usual() -> str:
        return render_to_string("usual/comments.html", {"nodes": nodes})

    return ours, usual

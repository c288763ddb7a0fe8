"""The goal bar and the way to support, for pages of other apps. One query a request for both."""

from typing import Any

from django import template
from django.template import Context

from fundraising.goals import goal_for

register = template.Library()


@register.inclusion_tag("fundraising/_goal_bar.html", takes_context=True)
def goal_bar(context: Context, placement: str = "before") -> dict[str, Any]:
    """The bar of the article's campaign, or nothing. `placement` tells two of a page apart."""
    article = context.get("article")
    bar = goal_for(context["request"], article)
    return {"bar": bar, "placement": placement, "article": article}


@register.inclusion_tag("fundraising/_support_link.html", takes_context=True)
def support_link(context: Context) -> dict[str, Any]:
    """The button alone, or nothing where no campaign runs for the article."""
    article = context.get("article")
    bar = goal_for(context["request"], article)
    return {"campaign": bar and bar.campaign, "article": article}

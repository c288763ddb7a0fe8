"""The goal bar and the way to support, for pages of other apps. One query a request for both."""

from typing import Any

from django import template
from django.template import Context

from fundraising.goals import featured_goal

register = template.Library()


@register.inclusion_tag("fundraising/_goal_bar.html", takes_context=True)
def goal_bar(context: Context, placement: str = "before") -> dict[str, Any]:
    """The featured campaign's bar, or nothing. `placement` tells two bars of a page apart."""
    bar, article = featured_goal(context["request"]), context.get("article")
    return {"bar": bar, "placement": placement, "article": article}


@register.inclusion_tag("fundraising/_support_link.html", takes_context=True)
def support_link(context: Context) -> dict[str, Any]:
    """The button alone, or nothing where no featured campaign runs."""
    bar = featured_goal(context["request"])
    return {"campaign": bar and bar.campaign, "article": context.get("article")}

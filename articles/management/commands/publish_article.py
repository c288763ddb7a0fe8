from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from articles.models import Article, State
from articles.publishing import NotPublishable, publish
from articles.times import in_newsroom, said
from operations.clock import database_now


class Command(BaseCommand):
    help = "Publishes an article with its newest draft, by the same checklist as the desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("article", help="its number, or as de/late-ferry")
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who publishes")
        parser.add_argument(
            "--at", metavar="TIME", help="when, as 2026-12-24T06:00, in the newsroom's time zone"
        )
        parser.add_argument(
            "--because", default="", metavar="REASON", help="why, in spite of warnings"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        article, by = _article(options["article"]), _person(options["by"])
        at = _moment(options["at"]) if options["at"] else None
        try:
            publish(article, by=by, publish_at=at, overriding=options["because"])
        except PermissionDenied:
            raise CommandError(f"{by} may not publish.")
        except NotPublishable as refused:
            raise CommandError("\n".join(_explained(refused)))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages))
        self.stdout.write(_done(article))


def _article(named: str) -> Article:
    language, _mark, slug = named.partition("/")
    by_place = Q(language=language, slug=slug) & ~Q(slug="")
    is_number = named.isascii() and named.isdigit()
    known = Article.objects.filter(Q(pk=int(named)) if is_number else by_place)
    if (article := known.first()) is None:
        raise CommandError(f"There is no article {named}.")
    return article


def _person(username: str) -> User:
    if (person := User.objects.filter(username=username, is_active=True).first()) is None:
        raise CommandError(f"There is nobody called {username}.")
    return person


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
        if moment is None:
            raise CommandError(f"{text} is no time: write it as 2026-12-24T06:00.")
        return moment if timezone.is_aware(moment) else in_newsroom(moment)
    except ValueError:
        raise CommandError(f"{text} is no time that there is.")
    except ValidationError as refused:
        raise CommandError(" ".join(refused.messages))


def _explained(refused: NotPublishable) -> list[str]:
    lines = [
        f"{'warning' if each.is_warning else 'needed'}: {each.message}" for each in refused.findings
    ]
    end = "Give a reason with --because." if refused.is_overridable else "Nothing is published."
    return [*lines, end]


def _done(article: Article) -> str:
    state = article.state_at(database_now())
    place = f"{article.language}/{article.slug}"
    if state == State.SCHEDULED and article.publish_at:
        return f"{place} is scheduled for {said(article.publish_at)}."
    return f"{place} is {state}."

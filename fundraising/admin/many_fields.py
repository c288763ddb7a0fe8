"""Forms with more fields than the settings allow any other."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

type View = Callable[..., HttpResponseBase]


def many_fields(most: int) -> Callable[[View], View]:
    """For a view whose form sends up to `most` fields and no files.

    It is read here and the token checked behind it, because the middleware that checks it for
    other views would read the form first, within the settings' limit.
    """

    def decorate(view: View) -> View:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def parsed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.content_type == "application/x-www-form-urlencoded":
                request.POST = _fields(request.body, most)  # type: ignore[assignment]
            return protected(request, *args, **kwargs)

        return parsed

    return decorate


def _fields(body: bytes, most: int) -> QueryDict:
    fields = QueryDict(mutable=True)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=most)
    except ValueError as error:
        raise TooManyFieldsSent from error
    for name, value in pairs:
        fields.appendlist(name, value)
    return fields

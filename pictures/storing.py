"""What the desk says where a picture cannot be stored: a full disk, a folder without rights."""

import logging
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

NOT_STORED = _(
    "The picture could not be stored. What was typed is kept; please tell whoever runs the site."
)
logger = logging.getLogger(__name__)


class StoresPictures:
    """For an admin whose model has a picture in `picture_field`: the form again, nothing saved."""

    picture_field = "file"

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except OSError:
            if not request.FILES:
                raise
            logger.exception("A picture could not be stored.")
            request.is_picture_lost = True
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)  # type: ignore[misc]
        if not getattr(request, "is_picture_lost", False):
            return form
        name = self.picture_field

        class Refused(form):  # type: ignore[misc, valid-type]
            def clean(self) -> Any:
                data = super().clean()
                self.add_error(name, NOT_STORED)
                return data

        return Refused

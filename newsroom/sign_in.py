"""What happens across the apps when somebody signs in."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.adapter import AccountAdapter
from accounts.models import User
from comments.guests import guest_id, remember
from comments.voting import adopt_guest


class NewsroomAccountAdapter(AccountAdapter):
    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """The votes that this browser gave as a guest become the member's own."""
        response = super().post_login(request, user, **kwargs)
        if guest := guest_id(request):
            adopt_guest(user, guest)
        remember(response, None)
        return response

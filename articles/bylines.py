"""Names that stand in public bylines are those people's own: nobody else writes under them."""

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import name_key

# The database's function says whose they are; guests are refused them in `comments.screening`.
BEARERS = "SELECT account FROM articles_bearers_of(%(name)s::text)"


def keep_name(name: str, user: User | None) -> str:
    """What to tell whoever would be called so and is not who stands in bylines; '' where they may.

    Of two people with one name in bylines each may bear it. One query.
    """
    with connection.cursor() as cursor:
        cursor.execute(BEARERS, {"name": name_key(name)})
        accounts = {account for (account,) in cursor.fetchall()}
    if not accounts or (user and user.pk in accounts):
        return ""
    return _("This name stands in the paper's bylines. If it is yours, please ask the newsroom.")

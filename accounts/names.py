"""Names as readers see them, and when two of them look the same."""

import unicodedata
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

KEY_LENGTH = 600  # signs of a key that are kept: Unicode makes up to eighteen of one letter
LEFT = "former:"  # begins the user name of who has left; no name that can be typed holds a colon

# Letters of other scripts, figures and small capitals, and below each the Latin letter that it
# looks like; Greek ones mostly do so as capitals.
LOOKALIKES = str.maketrans(
    "аеорсухіјѕһԁԛԝкмтнвгαβεζηικμνορτυχ01ıłɑɡᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "aeopcyxijshdqwkmthbrabezhikmvoptuxoiiiagabcdefghijklmnoprstuvwyz",
)


def name_key(name: str) -> str:
    """The same for names that a reader cannot tell apart; '' where nothing of one can be seen.

    Case, accents, spaces and punctuation do not count, and letters that look alike are one: after
    the skeletons of Unicode's technical standard 39, with the few letters that matter here. A name
    without letters and figures goes by its signs.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    seen = _of_kinds(folded, "LN") or _of_kinds(folded, "PS")
    return seen.translate(LOOKALIKES).replace("l", "i").replace("rn", "m")[:KEY_LENGTH]


def _of_kinds(signs: str, kinds: str) -> str:
    """Those whose category, after Unicode, begins with one of the letters."""
    return "".join(sign for sign in signs if unicodedata.category(sign)[0] in kinds)


class NameKeyField(models.CharField):
    """The key of the name in the field `of`, written with each row, also by `bulk_create`."""

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        fixed: dict[str, Any] = {"max_length": KEY_LENGTH, "blank": True, "editable": False}
        super().__init__(*args, **options | fixed)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, options | {"of": self.of}

    def pre_save(self, row: models.Model, add: bool) -> str:  # noqa: FBT001
        setattr(row, self.attname, name_key(getattr(row, self.of)))
        return super().pre_save(row, add)


def shown_name(first_name: str, last_name: str, username: str) -> str:
    """The full name, or the user name where none was given; of who has left, that they were here.

    In the active language.
    """
    if username.startswith(LEFT):
        return _("a former member")
    return f"{first_name} {last_name}".strip() or username

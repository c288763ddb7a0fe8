"""What refuses an article's form: as the form that comes back tells it, and as it was found."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from articles.publishing import NotPublishable


def what_refused(refused: ValidationError) -> dict[str, Any]:
    """What the form that comes back needs to know of it: `publishing_problems` and `findings`."""
    if isinstance(refused, NotPublishable) and refused.is_overridable:
        problems = {"overriding": [_("Say why it is published all the same, or change it.")]}
        return {"publishing_problems": problems, "findings": refused.findings}
    has_fields = hasattr(refused, "error_dict")
    problems = refused.message_dict if has_fields else {NON_FIELD_ERRORS: refused.messages}
    found = {"findings": refused.findings} if isinstance(refused, NotPublishable) else {}
    return {"publishing_problems": problems, **found}


def refuse_what_is_wrong(response: Any) -> None:
    """Raises ValidationError with what a form complains of, if it does."""
    shown = getattr(response, "context_data", None) or {}
    if not shown.get("errors"):
        return
    problems = {name: [*told] for name, told in shown["adminform"].form.errors.items()}
    inlines = [each.formset for each in shown["inline_admin_formsets"]]
    others = [message for each in inlines for message in each.non_form_errors()]
    others += [message for each in inlines for form in each.errors for told in form.values()
               for message in told]  # fmt: skip
    if others:
        problems[NON_FIELD_ERRORS] = [*problems.get(NON_FIELD_ERRORS, []), *others]
    raise ValidationError(problems)

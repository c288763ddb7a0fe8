"""How money looks is the site's own choice, with the marks and digits of each edition."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from fundraising import money
from operations.models import SiteSettings
from tests.builders import make_site, make_user
from tests.fundraising.builders import make_campaign
from tests.operations.test_site_settings import PAGE, settings_form

pytestmark = pytest.mark.django_db
NBSP, LRM, RLM = "\u00a0", "\u200e", "\u200f"


@pytest.mark.parametrize(
    ("pattern", "language", "minor", "shown"),
    [
        ("¤#,##0", "en", 235_500, "$2,355"),
        ("¤#,##0", "en", 235_550, "$2,355.50"),
        ("¤ #,##0", "de", 235_500, f"${NBSP}2.355"),
        ("¤ #,##0", "ar", 235_500, f"{RLM}US${LRM}{NBSP}2,355{RLM}"),
        ("#,##0.00 ¤", "en", 235_500, f"2,355.00{NBSP}$"),
        ("#,##0.00 ¤", "de", 235_500, f"2.355,00{NBSP}$"),
        ("#,##0.00 ¤", "ar", 235_500, f"{RLM}2,355.00{NBSP}US${LRM}{RLM}"),
        ("0 ¤", "de", 235_500, f"2355{NBSP}$"),
        ("#,##0¤", "en", -2_500, "-25$"),
    ],
)
def test_amounts_follow_the_pattern_of_the_site(pattern, language, minor, shown):
    make_site(money_pattern=pattern)
    assert money.format_amount(minor, "USD", language) == shown


def test_decimals_are_those_of_the_currency_whatever_the_pattern_has():
    make_site(money_pattern="#,##0.00 ¤")
    assert money.format_amount(2355, "JPY", "en") == f"2,355{NBSP}¥"
    assert money.format_amount(5000, "KWD", "en") == f"5.000{NBSP}KWD"


def test_scripts_get_the_pattern_of_a_whole_amount():
    make_site(money_pattern="¤#,##0.00")
    assert money.amount_pattern("USD", "en") == "${}"


@pytest.mark.parametrize(
    "pattern",
    ["#,##0", "¤", "¤ ¤ #,##0", "¤#,##0 ¤", "0 ¤¤", "#,##0 $", "#,##0% ¤", "#,#0 ¤", "# ¤",
     "#,##0. ¤", "0E0 ¤", "<b>0 ¤", "5 ¤", "", "#,##0 ¤;(#,##0 ¤)"],
)  # fmt: skip
def test_what_is_no_pattern_with_one_currency_and_a_digit_is_refused(pattern):
    with pytest.raises(ValidationError) as refused:
        SiteSettings(money_pattern=pattern).full_clean()
    assert "money_pattern" in refused.value.message_dict
    make_site()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteSettings.objects.update(money_pattern=pattern)


@pytest.mark.parametrize("pattern", ["0¤", "¤ #,##0", "#,##,##0.000 ¤", f"#,##0{NBSP}¤", "#,###0¤"])
def test_patterns_are_accepted_by_form_and_database(pattern):
    make_site(money_pattern=pattern)
    SiteSettings.load().full_clean()
    assert money.format_amount(123_456_789, "USD", "en")


@pytest.mark.parametrize("pattern", ["#,##0", "¤¤ 0"])
def test_desk_says_beside_the_field_what_a_pattern_is(client, pattern):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    answer = client.post(PAGE, settings_form(money_pattern=pattern))
    assert answer.status_code == 422
    assert list(answer.context["adminform"].form.errors) == ["money_pattern"]
    assert "with one ¤ for the currency, like #,##0 ¤" in answer.text


def test_pages_change_with_the_pattern(client):
    make_site(editions=("en", "de", "ar"))
    make_campaign(slug="press", raised_minor=235_500)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    assert f"2,355{NBSP}$" in client.get("/support/press/").text
    form = settings_form(money_pattern="¤ #,##0.00", editions=["en", "de", "ar"])
    assert client.post(PAGE, form).status_code == 302
    assert f"${NBSP}2,355.00" in client.get("/support/press/").text
    assert f"${NBSP}2.355,00" in client.get("/de/support/press/").text
    raised = client.get("/ar/support/press.json").json()["formatted"]["raised"]
    assert raised == f"{RLM}US${LRM}{NBSP}2,355.00{RLM}"

"""Staff say of an event that it needs nobody any more: who, when and why, for good."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import richtext.plain

FOR_GOOD = """
CREATE FUNCTION fundraising_keep_dismissal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.state, NEW.dismissed_by_id, NEW.dismissed_at, NEW.reason)
        IS DISTINCT FROM (OLD.state, OLD.dismissed_by_id, OLD.dismissed_at, OLD.reason)
    THEN
        RAISE EXCEPTION 'what was set aside stays so' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER provider_event_dismissal_is_kept BEFORE UPDATE ON fundraising_providerevent
    FOR EACH ROW WHEN (OLD.state = 'dismissed') EXECUTE FUNCTION fundraising_keep_dismissal();
"""
FOR_NOW = """
DROP TRIGGER provider_event_dismissal_is_kept ON fundraising_providerevent;
DROP FUNCTION fundraising_keep_dismissal();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("fundraising", "0016_events_keep_what_they_said"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="providerevent",
            name="provider_event_state_is_known",
        ),
        migrations.AddField(
            model_name="providerevent",
            name="dismissed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="set aside"),
        ),
        migrations.AddField(
            model_name="providerevent",
            name="dismissed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="set aside by",
            ),
        ),
        migrations.AddField(
            model_name="providerevent",
            name="reason",
            field=models.CharField(
                blank=True,
                help_text="For the desk only, kept for good. No names, addresses or account numbers.",
                max_length=300,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]",
                        "This contains invisible control characters: type it anew.",
                        code="control",
                        inverse_match=True,
                    ),
                    richtext.plain.visible_text,
                    django.core.validators.RegexValidator(
                        "[^\\s@]@[^\\s@]+\\.[^\\s@]",
                        "This is kept for good and names nobody: leave the e-mail address out.",
                        code="address",
                        inverse_match=True,
                    ),
                ],
                verbose_name="reason",
            ),
        ),
        migrations.AlterField(
            model_name="providerevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("done", "done"),
                    ("ignored", "of no concern"),
                    ("parked", "waits for the payment that it is about"),
                    ("flagged", "needs a person: not credited"),
                    ("failed", "failed; it is tried again"),
                    ("dismissed", "set aside by hand"),
                ],
                max_length=9,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["done", "ignored", "parked", "flagged", "failed", "dismissed"])
                ),
                name="provider_event_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("dismissed_at__isnull", False),
                        ("dismissed_by__isnull", False),
                        ("state", "dismissed"),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "dismissed"), _negated=True),
                        ("dismissed_at", None),
                        ("dismissed_by", None),
                        ("reason", ""),
                    ),
                    _connector="OR",
                ),
                name="provider_event_dismissed_says_who_and_why",
            ),
        ),
        migrations.RunSQL(FOR_GOOD, FOR_NOW),
    ]

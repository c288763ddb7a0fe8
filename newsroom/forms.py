"""How forms look: labels above their fields, errors below them."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    field_template_name = "newsroom/forms/field.html"

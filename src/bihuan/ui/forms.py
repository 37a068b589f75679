"""How every form of the site is drawn: one renderer, set as FORM_RENDERER."""

from __future__ import annotations

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Label, hint, fault, control; a summary of faults on top with a link to each field."""

    form_template_name = "ui/form.html"
    formset_template_name = "ui/formset.html"
    field_template_name = "ui/field.html"

"""What only opinions and resolutions have: the notice they were issued with, and their own words."""

from __future__ import annotations

from django.db import models

from bihuan.library.models import Document
from bihuan.matters.models import Matter
from bihuan.people.models import Place


class IssueNotice(models.Model):
    """The notice (通知) that issues a session's opinions and resolutions as its annexes."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    source = models.OneToOneField(Document, models.PROTECT, related_name="issue_notice")
    title = models.CharField(max_length=300)
    letterhead = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)  # 发文字号 as printed
    session = models.CharField(max_length=120, blank=True)
    organ = models.CharField(max_length=120, blank=True)
    dated = models.DateField(null=True, blank=True)
    addressees = models.JSONField(default=list)
    copied_to = models.JSONField(default=list)
    printed_by = models.CharField(max_length=120, blank=True)
    printed_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.number or self.title


class Opinion(models.Model):
    """One opinion or resolution: what its matter was opened from."""

    matter = models.OneToOneField(Matter, models.CASCADE, related_name="opinion")
    notice = models.ForeignKey(IssueNotice, models.PROTECT, null=True, blank=True, related_name="annexes")
    annex_no = models.PositiveSmallIntegerField(null=True, blank=True)
    session = models.CharField(max_length=120, blank=True)
    passed_on = models.DateField()
    reports = models.JSONField(default=list)  # the reports heard: {"subject", "reporter", "outcome"}
    paragraphs = models.JSONField(default=list)  # the text after the adoption line, as passed

    def __str__(self) -> str:
        return self.matter.title

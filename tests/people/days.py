"""When the tests of this folder play."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

AT = timezone.make_aware(datetime(2024, 3, 4, 9, 30))  # a Monday
TODAY = date(2024, 3, 4)

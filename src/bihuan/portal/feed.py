"""What was published last, for feed readers (Atom)."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware

from bihuan.portal import public
from bihuan.portal.sites import site_name

LENGTH = 30


class PublishedFeed(Feed):  # type: ignore[type-arg]  # Feed cannot be subscripted when it runs
    """The newest publications; a matter published again after a second round stands anew at its head."""

    feed_type = Atom1Feed
    subtitle = "最近公布的审议意见、决议决定、代表建议及其办理结果"

    def title(self) -> str:
        return site_name()

    def link(self) -> str:
        return reverse("portal:public")

    def items(self) -> list[public.PublicRow]:
        return public.rows_of(public.published().order_by("-published_on", "-id")[:LENGTH])

    def item_title(self, item: public.PublicRow) -> str:
        return item.title

    def item_link(self, item: public.PublicRow) -> str:
        return reverse("portal:public_matter", args=[item.number])

    def item_description(self, item: public.PublicRow) -> str:
        counts = item.counts
        said = f"要求{counts.asked}项，已答复{counts.answered}项，其中已解决{counts.solved}项。"
        return said if counts.asked else ""

    def item_updateddate(self, item: public.PublicRow) -> datetime:
        return make_aware(datetime.combine(item.published_on, time.min))

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "bihuan.matters"

    def ready(self) -> None:
        from bihuan.library import access
        from bihuan.library.models import Document
        from bihuan.matters.access import may_read_evidence
        from bihuan.matters.notices import count_unread
        from bihuan.ui import navigation

        access.register(Document.EVIDENCE, may_read_evidence)
        navigation.register("事项", "matters:list", 20, when=_signed_in)
        navigation.register("期限", "matters:terms", 30, when=_signed_in)
        navigation.register("承诺台账", "matters:promises", 40, when=_signed_in)
        navigation.register_notices(count_unread, "portal:notices")


def _signed_in(request: object) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and any(post.role not in _OFFICERS for post in actor.posts)


_OFFICERS = ("sysadmin", "secadmin", "auditor")  # the three administrators have no business with matters

from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "bihuan.matters"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from bihuan.library import access
        from bihuan.library.models import Document
        from bihuan.matters import checks
        from bihuan.matters.access import may_read_evidence
        from bihuan.matters.notices import count_unread
        from bihuan.ui import navigation

        register(checks.check_laws)
        register(checks.check_faces)
        register(checks.check_editions, Tags.database)
        access.register(Document.EVIDENCE, may_read_evidence)
        navigation.register("事项", "matters:list", 20, when=_signed_in)
        navigation.register("期限", "matters:terms", 30, when=_signed_in)
        navigation.register("承诺台账", "matters:promises", 40, when=_signed_in)
        navigation.register_notices(count_unread, "portal:notices")


def _signed_in(request: object) -> bool:
    """Whether the person has any business with matters: the three administrators alone have none."""
    from bihuan.people.models import ADMINISTRATOR_ROLES

    actor = getattr(request, "actor", None)
    return actor is not None and any(post.role not in ADMINISTRATOR_ROLES for post in actor.posts)

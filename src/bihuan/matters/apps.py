from django.apps import AppConfig

# How the auditor's pages call what the engine records beside acts.
_NAMES = {
    "matter.opened": "登记事项",
    "term.warned": "期限将到期",
    "term.late": "期限已超期",
    "term.recounted": "期限重新计算",
    "holiday_notice.proposed": "载入放假安排",
    "holiday_notice.approved": "批准放假安排",
    "holiday_notice.rejected": "不采用放假安排",
}


class MattersConfig(AppConfig):
    name = "bihuan.matters"

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from bihuan.ledger.naming import register_names
        from bihuan.ledger.speaking import register_speaker
        from bihuan.library import access
        from bihuan.library.models import Document
        from bihuan.matters import checks
        from bihuan.matters.access import may_read_evidence, may_read_source
        from bihuan.matters.notices import count_unread
        from bihuan.matters.speaking import speak
        from bihuan.ui import navigation

        register(checks.check_laws)
        register(checks.check_faces)
        register(checks.check_editions, Tags.database)
        register_names(_name)
        register_speaker(speak)
        access.register(Document.EVIDENCE, may_read_evidence)
        access.register(Document.UPLOAD, may_read_source)
        navigation.register("事项", "matters:list", 20, when=_signed_in)
        navigation.register("期限", "matters:terms", 30, when=_signed_in)
        navigation.register("承诺台账", "matters:promises", 40, when=_signed_in)
        navigation.register_notices(count_unread, "portal:notices")


def _name(kind: str) -> str | None:
    """act.opinion.hand_over → 审议意见：交办."""
    from bihuan.matters.registry import modules

    head, _, rest = kind.partition(".")
    procedure, _, code = rest.partition(".")
    if head != "act":
        return _NAMES.get(kind)
    for module in modules():
        for act in module.procedure.acts:
            if (module.procedure.code, act.code) == (procedure, code):
                return f"{module.procedure.name}：{act.name}"
    return None


def _signed_in(request: object) -> bool:
    """Whether the person has any business with matters: the three administrators alone have none."""
    from bihuan.people.models import ADMINISTRATOR_ROLES

    actor = getattr(request, "actor", None)
    return actor is not None and any(post.role not in ADMINISTRATOR_ROLES for post in actor.posts)

from functools import partial

from django.apps import AppConfig
from django.http import HttpRequest

# How the auditor's pages call the entries of the registers.
_NAMES = {
    "people.place_added": "登记地方",
    "people.organ_added": "登记机构",
    "people.organ_renamed": "机构更名",
    "people.organs_merged": "机构合并",
    "people.alias_added": "登记机构别名",
    "people.person_added": "登记人员",
    "people.person_changed": "修改人员",
    "people.deputy_added": "登记代表",
    "people.post_granted": "任职",
    "people.post_ended": "离任",
    "people.account_opened": "开设账号",
    "people.account_disabled": "停用账号",
    "people.account_enabled": "恢复账号",
    "people.account_unlocked": "解除登录锁定",
    "people.password_changed": "修改密码",
    "people.password_reset": "重置密码",
    "people.session_ended": "结束登录",
    "people.logins_exported": "导出登录记录",
}


class PeopleConfig(AppConfig):
    name = "bihuan.people"

    def ready(self) -> None:
        from bihuan.ledger.naming import register_names
        from bihuan.people import checks  # noqa: F401  # registers itself; needs the models loaded
        from bihuan.people.duties import may
        from bihuan.ui import navigation

        register_names(_NAMES.get)

        def has(duty: str, request: HttpRequest) -> bool:
            actor = getattr(request, "actor", None)
            return actor is not None and bool(may(actor, duty))

        pages = (
            ("机构", "people:organs", 80, "see_registers"),
            ("人员和账号", "people:persons", 81, "see_registers"),
            ("登录锁定", "people:locks", 82, "unlock_account"),
            ("在线情况", "people:sessions", 83, "see_sessions"),
            ("登录记录", "people:logins", 84, "see_logins"),
        )
        for label, url_name, order, duty in pages:
            navigation.register(label, url_name, order, when=partial(has, duty), group="管理")

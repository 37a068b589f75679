from functools import partial

from django.apps import AppConfig
from django.http import HttpRequest


class PeopleConfig(AppConfig):
    name = "bihuan.people"

    def ready(self) -> None:
        from bihuan.people import checks  # noqa: F401  # registers itself; needs the models loaded
        from bihuan.people.duties import may
        from bihuan.ui import navigation

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

from django.apps import AppConfig
from django.http import HttpRequest


class PortalConfig(AppConfig):
    name = "bihuan.portal"

    def ready(self) -> None:
        from bihuan.matters.holiday_views import sees_notices
        from bihuan.people.doors import actor_of
        from bihuan.people.duties import may
        from bihuan.ui import navigation

        def manages(request: HttpRequest) -> bool:
            return _signed_in(request) and bool(may(actor_of(request), "change_settings"))

        def minds_holidays(request: HttpRequest) -> bool:
            return _signed_in(request) and sees_notices(actor_of(request))

        navigation.register("规则", "law:rules", 60, when=_signed_in)
        navigation.register("放假安排", "clock:holidays", 65, when=minds_holidays)
        navigation.register("提要发送情况", "clock:deliveries", 75, when=manages, group="管理")
        navigation.register("我的工作", "portal:desk", 10, when=_signed_in)
        navigation.register_search("portal:search")


def _signed_in(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is not None

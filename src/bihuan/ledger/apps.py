from django.apps import AppConfig

_NAMES = {"ledger.exported": "导出台账", "ledger.verified": "核对台账"}


class LedgerConfig(AppConfig):
    name = "bihuan.ledger"

    def ready(self) -> None:
        from bihuan.ledger.access import may_audit
        from bihuan.ledger.naming import register_names
        from bihuan.ui import navigation

        register_names(_NAMES.get)
        navigation.register("台账", "ledger:browse", 80, when=may_audit, group="审计")
        navigation.register("核对台账", "ledger:verify", 81, when=may_audit, group="审计")

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "bihuan.modules.opinions"

    def ready(self) -> None:
        from bihuan.library.intake import register_intake
        from bihuan.matters.registry import register
        from bihuan.modules.opinions.intake import OpinionIntake
        from bihuan.modules.opinions.module import OPINION_MODULE, RESOLUTION_MODULE

        register(OPINION_MODULE)
        register(RESOLUTION_MODULE)
        register_intake(OpinionIntake())

from django.apps import AppConfig


class OpinionsConfig(AppConfig):
    name = "bihuan.modules.opinions"

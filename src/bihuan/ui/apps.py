from __future__ import annotations

from django.apps import AppConfig
from django.forms import ChoiceField, Field, FileField


class UIConfig(AppConfig):
    name = "bihuan.ui"

    def ready(self) -> None:
        """Say what to do instead of naming the rule that was broken (Django: 这个字段是必填项)."""
        Field.default_error_messages["required"] = "请填写。"
        ChoiceField.default_error_messages |= {
            "required": "请选择一项。",
            "invalid_choice": "“%(value)s”不在可选范围内，请重新选择。",
        }
        FileField.default_error_messages |= {
            "required": "请选择文件。",
            "empty": "这个文件是空的，请重新选择。",
        }

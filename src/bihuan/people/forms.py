"""What the pages of this app ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from bihuan.kernel.glossary import chinese
from bihuan.people.models import Account, Organ
from bihuan.people.services import ROLES
from bihuan.people.words import OUTCOMES
from bihuan.ui.forms import DayField

ORGAN_KINDS = (
    "congress",
    "standing_committee",
    "council",
    "office",
    "working_committee",
    "special_committee",
    "delegation",
    "government",
    "government_office",
    "bureau",
    "supervision",
    "court",
    "procuratorate",
    "town",
    "other",
)
_KINDS = [(code, chinese(f"organ.{code}")) for code in ORGAN_KINDS]
_ROLES = [(code, chinese(f"role.{code}")) for code in ROLES]
_ALL = ("", "全部")
_CHOOSE = ("", "请选择")


class OrganField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker only
    """One of the organs that exist, by full name; the form sets `queryset` where fewer are meant."""

    def __init__(self, **kwargs: Any) -> None:
        living = Organ.objects.filter(until__isnull=True).order_by("name")
        super().__init__(queryset=living, empty_label=_CHOOSE[1], **kwargs)

    def label_from_instance(self, obj: Organ) -> str:
        return obj.name


class _NewPassword(forms.PasswordInput):
    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "new-password"})


class PasswordForm(forms.Form):
    """The holder's own change; the present password shows that it is the holder."""

    old = forms.CharField(
        label="现在的密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        widget=_NewPassword(),
        help_text="至少10个字符；小写字母、大写字母、数字、其他符号四类中至少有三类；"
        "不能含有用户名、姓名或手机号码，不能是常见的密码，不能与最近5次用过的相同。",
    )
    again = forms.CharField(label="再输入一次新密码", strip=False, widget=_NewPassword())

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self._account.check_password(old):
            raise forms.ValidationError("现在的密码不正确。请重新输入。")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self._account)
        return new

    def clean(self) -> dict[str, Any] | None:
        given = super().clean() or {}
        if "new" in given and given.get("again") != given["new"]:
            self.add_error("again", "两次输入的新密码不一样。请重新输入。")
        return given


class ReasonForm(forms.Form):
    """For acts that take something away."""

    reason = forms.CharField(label="原因", max_length=200, help_text="原因会记入台账。")


class OrganForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80, help_text="规范全称，例如“临溪县林业局”。")
    short_name = forms.CharField(label="简称", max_length=40, required=False)
    kind = forms.ChoiceField(label="类别", choices=[_CHOOSE, *_KINDS])
    parent = OrganField(label="所属机构", required=False)
    since = DayField(label="设立日期")


class RenameForm(forms.Form):
    name = forms.CharField(label="新名称", max_length=80)
    short_name = forms.CharField(label="新简称", max_length=40, required=False)
    since = DayField(label="启用日期", help_text="原名称使用到前一天为止，以后仍可按原名称查到。")


class MergeForm(forms.Form):
    into = OrganField(label="承接机构")
    since = DayField(label="承接日期", help_text="原机构存续到前一天为止。")

    def __init__(self, *args: Any, organ: Organ, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, OrganField)  # noqa: S101  # declared so above
        into.queryset = Organ.objects.filter(place=organ.place_id, until__isnull=True).exclude(pk=organ.pk)


class AliasForm(ReasonForm):
    name = forms.CharField(label="又称", max_length=80, help_text="公文中对这个机构的另一种叫法。")
    field_order = ("name", "reason")


class PersonForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40)
    mobile = forms.CharField(
        label="手机",
        max_length=20,
        required=False,
        validators=[
            RegexValidator(
                r"^1\d{10}$", "这不是手机号码：应为11位数字，以1开头。短信提醒要发到这个号码，请核对。"
            )
        ],
    )
    email = forms.EmailField(label="电子邮箱", required=False)


class DeputyForm(forms.Form):
    congress = forms.IntegerField(label="届次", min_value=1, max_value=99, help_text="第十七届填17。")
    delegation = OrganField(label="代表团")
    district = forms.CharField(label="选区或选举单位", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        delegation = self.fields["delegation"]
        assert isinstance(delegation, OrganField)  # noqa: S101  # declared so above
        delegation.queryset = Organ.objects.filter(kind="delegation", until__isnull=True).order_by("name")


class AccountForm(forms.Form):
    username = forms.CharField(
        label="用户名",
        max_length=40,
        help_text="以小写字母开头，3至40个小写字母、数字、点或横线，通常用姓名拼音。",
    )


class PostForm(forms.Form):
    organ = OrganField(label="机构")
    role = forms.ChoiceField(label="岗位", choices=[_CHOOSE, *_ROLES], help_text="岗位决定可以办理什么。")
    title = forms.CharField(label="职务", max_length=40, required=False, help_text="公文上印的职务名称。")
    since = DayField(label="任职日期")
    until = DayField(label="离任日期", required=False, help_text="任期已定的才填，当日仍在任。")


class EndPostForm(ReasonForm):
    until = DayField(label="离任日期", help_text="当日仍在任。")
    field_order = ("until", "reason")


class OrganFilter(forms.Form):
    words = forms.CharField(label="名称", required=False)
    kind = forms.ChoiceField(label="类别", choices=[_ALL, *_KINDS], required=False)


class PersonFilter(forms.Form):
    words = forms.CharField(label="姓名或用户名", required=False)
    state = forms.ChoiceField(
        label="账号",
        choices=[_ALL, ("open", "可用"), ("disabled", "已停用"), ("none", "未开设")],
        required=False,
    )


class LoginFilter(forms.Form):
    username = forms.CharField(label="用户名", required=False)
    outcome = forms.ChoiceField(label="结果", choices=[_ALL, *OUTCOMES.items()], required=False)
    since = DayField(label="自", required=False)
    until = DayField(label="至", required=False)

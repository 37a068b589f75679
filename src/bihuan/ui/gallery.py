"""Every component in every state on one page: what the browser tests look at. Not served to users."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from bihuan.kernel.lights import Light
from bihuan.ui.forms import DayField
from bihuan.ui.months import month
from bihuan.ui.paging import Page

TODAY = date(2024, 2, 26)
CITATION = "《临溪县人大常委会关于农村供水的审议意见》；计算规则：民法典第二百零二条"


class _Filter(forms.Form):
    q = forms.CharField(label="名称含有", required=False)
    light = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((light.value, light.word) for light in Light)]
    )


class _Specimen(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="事项名称", help_text="写全称，印发时照此排印。")
    measures = forms.CharField(label="整改措施", widget=forms.Textarea)
    due_on = DayField(label="完成日期", help_text="可写成 2024年2月28日。")
    organ = forms.ChoiceField(label="承办单位", choices=[("1", "县水利局"), ("2", "县财政局")])
    result = forms.ChoiceField(
        label="对办理结果的评价",
        choices=[("1", "满意"), ("2", "基本满意"), ("3", "不满意")],
        widget=forms.RadioSelect,
    )
    copies = forms.MultipleChoiceField(
        label="抄送",
        required=False,
        choices=[("1", "县监察委员会"), ("2", "县人民法院")],
        widget=forms.CheckboxSelectMultiple,
    )
    count = forms.IntegerField(label="涉及村数", required=False)
    paper = forms.FileField(label="佐证材料", required=False, help_text="照片或扫描件，每份不超过 50 MB。")
    public = forms.BooleanField(label="办结后向社会公开", required=False)


class _Measure(forms.Form):
    problem = forms.CharField(label="问题")
    measure = forms.CharField(label="措施", widget=forms.Textarea(attrs={"rows": 2}))


_Measures = forms.formset_factory(_Measure, extra=2)


def _require_gallery() -> None:
    if not (settings.DEBUG or getattr(settings, "BIHUAN_GALLERY", False)):
        raise Http404


def gallery(request: HttpRequest) -> HttpResponse:
    """The components, on a fixed day."""
    _require_gallery()
    request.today = TODAY  # type: ignore[attr-defined]  # see ui.context.today_of
    messages.success(request, "已交办县水利局，通知已发出。")
    messages.warning(request, "2027年放假安排尚未载入，相关期限为暂定。")
    messages.error(request, "还不能评价：承办单位尚未答复，答复期限为2024年3月1日。收到答复后即可评价。")
    faulty = {
        "title": "",
        "measures": "已铺设主管网12公里。",
        "due_on": "2024-03-01",
        "result": "9",
        "organ": "1",
    }
    return render(
        request,
        "ui/gallery.html",
        {
            "today": TODAY,
            "lights": list(Light),
            "days": [TODAY + timedelta(days=gap) for gap in (-40, -1, 0, 3, 400)],
            "clocks": _clocks(),
            "milestones": _milestones(),
            "entries": _entries(),
            "form": _Specimen(prefix="new"),
            "faulty": _Specimen(faulty, prefix=None),
            "formset": _Measures(prefix="measures"),
            "filter": _Filter(request.GET),
            "page": Page(rows=(1,), next_url="?after=x", previous_url="?before=x", total=312),
            "rows": _rows(),
            "month": _month(),
            "tabs": [
                {"label": "办理记录", "url": "?", "current": True, "count": 7},
                {"label": "文件", "url": "?tab=papers", "current": False, "count": 0},
                {"label": "有关人员", "url": "?tab=people", "current": False},
            ],
        },
    )


def confirm(request: HttpRequest) -> HttpResponse:
    """The page before a destructive act."""
    _require_gallery()

    class Reason(forms.Form):
        reason = forms.CharField(
            label="退回理由", widget=forms.Textarea, help_text="将写入台账并告知承办单位。"
        )

    return render(
        request,
        "ui/confirm.html",
        {
            "question": "退回县水利局的办理报告",
            "consequences": ["县水利局须在1个月内重新报送。", "原报告保留在办理记录中，不会删除。"],
            "form": Reason(request.POST or None),
            "button": "退回报告",
            "back_url": "gallery",
            "danger": True,
        },
    )


def review(request: HttpRequest) -> HttpResponse:
    """The two sides of the reading review."""
    _require_gallery()
    return render(request, "ui/gallery_review.html", {"numbers": range(1, 9)})


def public(request: HttpRequest) -> HttpResponse:
    """The frame of the public site."""
    _require_gallery()
    return render(request, "ui/gallery_public.html", {"today": TODAY, "rows": _rows()})


def _clocks() -> list[tuple[str, dict[str, object]]]:
    steps = [
        {
            "text": "从会议通过之日起算，当日不计入。",
            "on": date(2023, 12, 28),
            "source": "民法典第二百零一条",
        },
        {"text": "经过两个月，到期月的对应日。", "on": date(2024, 2, 28), "source": "民法典第二百零二条"},
        {
            "text": "其间经过元旦、春节假期，2月4日、2月18日为调休上班；按月计算，不影响到期日。",
            "on": None,
            "source": "",
        },
    ]
    guessed = {"text": "2027年放假安排尚未载入，暂按周一至周五推算。", "on": None, "source": ""}
    exact = {
        "name": "报送办理情况",
        "due": date(2024, 2, 28),
        "kind": "exact",
        "provisional": False,
        "steps": steps,
    }
    return [
        ("warn", exact | {"rule": "会后两个月内报告研究处理情况", "citation": CITATION}),
        (
            "late",
            exact
            | {
                "name": "征求意见",
                "due": date(2024, 2, 23),
                "extensions": [
                    {"text": "经主任会议同意延长5个工作日：汛期抢修占用人力。", "on": date(2024, 2, 9)}
                ],
            },
        ),
        ("normal", exact | {"name": "书面报告", "due": date(2024, 3, 28), "kind": "latest"}),
        (
            "normal",
            exact | {"name": "续审", "due": date(2027, 2, 26), "provisional": True, "steps": [guessed]},
        ),
        (
            "waiting",
            {
                "name": "满意度测评",
                "due": None,
                "kind": "open",
                "provisional": False,
                "steps": [
                    {"text": "原文写“下一年度会议”，会议日期确定后才能计算。", "on": None, "source": ""}
                ],
                "citation": CITATION,
            },
        ),
    ]


def _milestones() -> list[dict[str, object]]:
    return [
        {"name": "交办", "done_on": date(2023, 12, 29), "due_on": None, "light": "done", "current": False},
        {
            "name": "制定方案",
            "done_on": date(2024, 1, 12),
            "due_on": None,
            "light": "done_late",
            "current": False,
        },
        {"name": "征求意见", "done_on": None, "due_on": date(2024, 2, 23), "light": "late", "current": True},
        {
            "name": "书面报告",
            "done_on": None,
            "due_on": date(2024, 3, 28),
            "light": "normal",
            "current": False,
        },
        {"name": "续审测评", "done_on": None, "due_on": None, "light": "waiting", "current": False},
        {"name": "办结", "done_on": None, "due_on": None, "light": None, "current": False},
    ]


def _entries() -> list[dict[str, object]]:
    recorded = datetime(2024, 2, 20, 16, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    return [
        {
            "on": date(2024, 2, 20),
            "at": recorded,
            "actor": "何建国（县水利局 承办人）",
            "title": "送农业农村工作委员会征求意见",
            "lines": ["五个问题已逐项说明，第三项附施工照片。"],
            "papers": [
                {"label": "办理情况报告（征求意见稿）", "url": "#"},
                {"label": "现场照片", "url": "#"},
            ],
            "internal": False,
        },
        {
            "on": date(2024, 2, 19),
            "at": recorded,
            "actor": "张敏（代表工委 工作人员）",
            "title": "电话联系",
            "lines": ["问明水质检测报告出具时间。"],
            "papers": [],
            "internal": True,
        },
        {
            "on": date(2023, 12, 29),
            "at": None,
            "actor": "张敏（代表工委 工作人员）",
            "title": "交办县水利局",
            "lines": [],
            "papers": [],
            "internal": False,
        },
    ]


def _rows() -> list[dict[str, object]]:
    rows: tuple[tuple[object, ...], ...] = (
        ("关于农村供水保障情况的审议意见", "县水利局", date(2024, 2, 23), "late", 5),
        ("关于义务教育阶段校园餐管理情况的审议意见", "县教育局", date(2024, 2, 28), "warn", 12),
        ("关于2023年度国有资产管理情况的审议意见", "县财政局", date(2024, 3, 28), "normal", 4),
        ("关于规划纲要中期评估的审议意见", "县发展和改革局", None, "waiting", 0),
    )
    names = ("title", "organ", "due", "light", "count")
    return [
        dict(zip(names, row, strict=True)) | {"number": f"审议意见〔2024〕{number}号"}
        for number, row in enumerate(rows, start=1)
    ]


def _month() -> object:
    held = {
        date(2024, 2, 7): [Light.DONE],
        date(2024, 2, 23): [Light.LATE, Light.DONE],
        date(2024, 2, 26): [Light.WARN],
        date(2024, 2, 28): [Light.WARN, Light.NORMAL],
        date(2024, 2, 29): [Light.NORMAL],
    }
    return month(TODAY, today=TODAY, lights=held, url="?day={day}")

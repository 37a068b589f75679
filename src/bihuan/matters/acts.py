"""Acts that many procedures declare in the same words: asking for more time, minding a term, tying matters.

A procedure says who may and when; what is asked, what it is called and what it raises stands here once.
"""

from __future__ import annotations

from bihuan.kernel.procedure import Act, Ask, By, Kind

WHEN = Ask(key="on", label="办理日期", kind=Kind.DATE, required=False, help="实际办理的日期，不填即为今天。")
REASON = Ask(key="reason", label="理由", help="写入台账，不能更改。")
NOTE = Ask(key="note", label="说明", required=False)
FILES = Ask(key="files", label="附件", kind=Kind.FILES, required=False)
TERM = Ask(key="term", label="哪一个期限", kind=Kind.SPECIAL)


def extension_acts(
    *, asked_by: tuple[By, ...], granted_by: tuple[By, ...], at: tuple[str, ...], party_at: tuple[str, ...]
) -> tuple[Act, ...]:
    """A party asks for more time; whoever follows the matter grants or refuses it, with a reason."""
    asked = "extension_asked"
    return (
        Act(
            code="ask_extension",
            name="申请延期",
            by=asked_by,
            at=at,
            party_at=party_at,
            forbids=asked,
            raises=asked,
            asks=(TERM, Ask(key="until", label="申请延至", kind=Kind.DATE), REASON, FILES),
            hint="延期须经批准；批准之前，原期限照常计算。",
        ),
        Act(
            code="grant_extension",
            name="批准延期",
            by=granted_by,
            at=at,
            party_at=party_at,
            needs=asked,
            clears=asked,
            awaited=True,
            asks=(Ask(key="until", label="延至", kind=Kind.DATE), REASON),
            papers=("extension_reply",),
        ),
        Act(
            code="refuse_extension",
            name="不同意延期",
            by=granted_by,
            at=at,
            party_at=party_at,
            needs=asked,
            clears=asked,
            asks=(REASON,),
            papers=("extension_reply",),
        ),
    )


def remind_act(*, by: tuple[By, ...], at: tuple[str, ...], party_at: tuple[str, ...]) -> Act:
    """A reminder or an order to a party whose term has passed."""
    return Act(
        code="remind",
        name="催办",
        by=by,
        at=at,
        party_at=party_at,
        asks=(
            Ask(
                key="degree",
                label="力度",
                kind=Kind.CHOICE,
                choices=(("first", "催办函"), ("second", "督办函")),
            ),
            Ask(key="asked", label="要求", help="请对方做什么。"),
            Ask(key="answer_by", label="请于何日前回复", kind=Kind.DATE, required=False),
        ),
        papers=("reminder_letter",),
    )


def settle_act(*, by: tuple[By, ...], at: tuple[str, ...]) -> Act:
    """A term without a date gets one by a person's decision."""
    return Act(
        code="settle_term",
        name="明确期限",
        by=by,
        at=at,
        asks=(
            TERM,
            Ask(
                key="day",
                label="起算或到期日期",
                kind=Kind.DATE,
                help="等待会议召开的，填会议日期；没有写期限的，填到期日。",
            ),
            REASON,
        ),
        hint="原文没有写明的，由人来定，并写明依据；系统不猜。",
    )


def pause_acts(*, by: tuple[By, ...], at: tuple[str, ...]) -> tuple[Act, ...]:
    """A running term stands still and goes on."""
    return (
        Act(code="pause_term", name="中止计算期限", by=by, at=at, asks=(TERM, WHEN, REASON)),
        Act(code="resume_term", name="恢复计算期限", by=by, at=at, asks=(TERM, WHEN, NOTE)),
    )


def relate_act(*, by: tuple[By, ...], at: tuple[str, ...]) -> Act:
    """Two matters that have to do with each other."""
    return Act(
        code="relate",
        name="关联其他事项",
        by=by,
        at=at,
        asks=(
            Ask(key="number", label="事项编号", kind=Kind.TEXT, help="如 SY-2026-0003。"),
            Ask(
                key="kind",
                label="关系",
                kind=Kind.CHOICE,
                choices=(("same_subject", "同一问题"), ("follows", "前一事项的延续")),
            ),
            NOTE,
        ),
    )


def look_back_act(*, by: tuple[By, ...], at: tuple[str, ...]) -> Act:
    """Finding out later what became of what was promised, closed matter or not."""
    return Act(
        code="look_back",
        name="回头看",
        by=by,
        at=at,
        public=True,
        asks=(WHEN, Ask(key="measures", label="各项承诺核实的情况", kind=Kind.SPECIAL), NOTE),
        hint="办结以后承诺继续有效：逐项核实，完成的附佐证，没有兑现的如实登记。",
    )

"""Who acts on opinions and resolutions, and what many of their acts ask."""

from __future__ import annotations

from bihuan.kernel.procedure import Act, Ask, By, Kind

HANDLERS = ("lead", "separate")  # those who report for themselves; a co-handler reports to the lead
AGENCY = ("clerk", "section", "leader", "chief")
SIGNERS = ("leader", "chief")
OFFICE = (By(part="office", roles=("staff", "director")),)
DIRECTOR = (By(part="office", roles=("director",)),)


def handlers(*roles: str, also: tuple[str, ...] = ()) -> tuple[By, ...]:
    return tuple(By(part=part, roles=roles) for part in (*HANDLERS, *also))


WHEN = Ask(key="on", label="办理日期", kind=Kind.DATE, required=False, help="实际办理的日期，不填即为今天。")
REASON = Ask(key="reason", label="理由", help="写入台账，不能更改。")
NOTE = Ask(key="note", label="说明", required=False)
# What the letter prints that an act sends.
LETTER = (
    Ask(
        key="number",
        label="函的发文字号",
        kind=Kind.TEXT,
        required=False,
        help="例如：临人农〔2026〕7号。不填的，函上不印。",
    ),
    Ask(
        key="contact", label="联系人", kind=Kind.TEXT, required=False, help="印在函的落款之下。不填的，不印。"
    ),
    Ask(key="phone", label="联系电话", kind=Kind.TEXT, required=False),
)
FILES = Ask(key="files", label="附件", kind=Kind.FILES, required=False)
SUMMARY = Ask(key="summary", label="公布摘要", help="公众看到的说明，请检查不含个人信息。")
HIDDEN = Ask(key="hidden", label="公开时隐去的文字", kind=Kind.SPECIAL)
WITHOUT = Ask(
    key="without",
    label="协办单位没有提交的情况",
    required=False,
    help="逐个写明没有提交的协办单位、催要的经过和原因。写入台账；协办单位自己的期限仍记为没有履行。",
)
RUNNING = ("handling", "checking", "informing", "publishing", "settling", "hearing", "owing")
# What leaves an agency's house needs what its clerk fills in.
LEAVING = ("contribute", "consult", "report", "report_directly")
IN_HAND = ("planning", "carrying", "consulting", "reporting")


def publication_acts(*, at: tuple[str, ...]) -> tuple[Act, ...]:
    """What was published is put right, or taken down until somebody has put it right."""
    return (
        Act(
            code="correct_publication",
            name="更正公布",
            by=OFFICE,
            at=at,
            public=True,
            asks=(SUMMARY, HIDDEN, REASON),
            hint="公众网站改为更正后的内容；撤下的，更正后重新公布。原来公布的内容留在台账中。",
        ),
        Act(
            code="take_down",
            name="撤下公布",
            by=DIRECTOR,
            at=at,
            grave=True,
            asks=(REASON,),
            hint="公众网站不再显示这一事项，直到更正公布。",
        ),
    )

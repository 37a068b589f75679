"""The one place where a Chinese term, its code name and its English name meet.

Ask here before naming anything; add here first. On screen stands `chinese(code)`, in code the code, in the
documentation the English. docs/glossary.md is generated from this table (`bihuan docs --write`).

A line of `_TABLE` reads: code | 中文 | English | what it means. An asterisk after the English marks an
official translation (laws and congress reports in English), a tilde the translation of the national body's
analogue; no mark, our own. Where several spellings of the Chinese are in use the first is ours, the others
follow after a slash. A heading reads "field: Title". A code that means different things in two fields is
asked for with its field: "part.office".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

Source = Literal["official", "analogue", "own"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One notion under its three names. `also` holds other Chinese spellings met in papers."""

    field: str
    code: str
    chinese: str
    also: tuple[str, ...]
    english: str
    definition: str
    source: Source


@cache
def term(code: str) -> Term:
    """The notion with this code name: "auditor", or with its field "role.auditor".

    KeyError for a code that is not in the glossary, or that came without its field and has another Chinese
    name in each of two.
    """
    field, _, name = code.rpartition(".")
    found = [one for one in terms() if one.code == name and field in ("", one.field)]
    if len({one.chinese for one in found}) > 1:
        raise KeyError(f"{code}: ask for " + " or ".join(f"{one.field}.{one.code}" for one in found))
    if not found:
        raise KeyError(f"{code}: not in the glossary (kernel/glossary.py)")
    return found[0]


def chinese(code: str) -> str:
    """What stands on screen for this code name; KeyError as in `term`."""
    return term(code).chinese


def render_glossary() -> str:
    """docs/glossary.md."""
    return "\n".join(_page()) + "\n"


def terms() -> tuple[Term, ...]:
    """All notions in the table's order."""
    return _read()[1]


def _page() -> Iterator[str]:
    titles, every = _read()
    yield "# Glossary"
    yield ""
    yield "Generated from `src/bihuan/kernel/glossary.py`: change it there, then run `bihuan docs --write`."
    yield ""
    yield (
        "\\* official translation; ~ translation of the national body's analogue; otherwise our own. "
        "Code names are what models, acts, addresses and tests use."
    )
    marks = {"official": "\\*", "analogue": " ~", "own": ""}
    for field, title in titles.items():
        yield from ("", f"## {title}", "", "| 中文 | English | code | meaning |", "|---|---|---|---|")
        for one in every:
            if one.field == field:
                names = " / ".join((one.chinese, *one.also))
                yield f"| {names} | {one.english}{marks[one.source]} | `{one.code}` | {one.definition} |"


@cache
def _read() -> tuple[dict[str, str], tuple[Term, ...]]:
    """The table: the title of each field, and the notions."""
    titles: dict[str, str] = {}
    found: list[Term] = []
    field = ""
    for line in filter(None, map(str.strip, _TABLE.splitlines())):
        if line.startswith("# "):
            field, title = line[2:].split(": ")
            titles[field] = title
            continue
        code, names, english, definition = line.split(" | ")
        spoken, *also = names.split("/")
        found.append(
            Term(
                field=field,
                code=code,
                chinese=spoken,
                also=tuple(also),
                english=english.rstrip("*~"),
                definition=definition,
                source=_SOURCES.get(english[-1], "own"),
            )
        )
    return titles, tuple(found)


_SOURCES: dict[str, Source] = {"*": "official", "~": "analogue"}

# One line a notion, however long: a wrapped table cannot be read down its columns.
_TABLE = """
# organ: Bodies and organs
congress | 人民代表大会/人大 | people's congress* | The elected body of a place.
standing_committee | 人民代表大会常务委员会/常委会 | standing committee* | Acts for the congress between its sessions.
council | 主任会议 | council of chairpersons~ | Chairperson and vice-chairpersons; settle the standing committee's daily business.
presidium | 主席团 | presidium | Presides over a session of the congress.
special_committee | 专门委员会/专委会 | special committee* | A committee of the congress, made of deputies.
working_committee | 工作委员会/工委 | working committee* | A working organ of the standing committee.
office | 常委会办公室/人大办 | standing committee office | The general office of the standing committee.
deputies_committee | 代表工作委员会/代表工委 | deputies' affairs commission | The working committee that serves deputies and their suggestions.
budget_committee | 预算工作委员会/预算工委 | budgetary affairs commission | The working committee for budget and finance.
legislative_committee | 法制工作委员会/法工委 | legislative affairs commission | The working committee for rules and their review.
credentials_committee | 代表资格审查委员会 | credentials committee | Examines whether deputies were validly elected.
delegation | 代表团 | delegation | The deputies of one electing unit during a session.
government | 人民政府/政府 | people's government* | The executive of a place.
government_office | 政府办公室/政府办 | government office | Routes work within the government and sees its lights.
bureau | 政府工作部门/部门 | government department | A bureau, commission or office of the government.
court | 人民法院/法院 | people's court* | Judges; is overseen, not instructed.
procuratorate | 人民检察院/检察院 | people's procuratorate* | Prosecutes; is overseen, not instructed.
supervision | 监察委员会/监委 | supervision commission* | Supervises holders of public office.
governed | 一府一委两院/“一府一委两院” | government, supervision commission, court and procuratorate | The bodies a standing committee oversees.
town | 乡镇/街道 | township, town or subdistrict | The lowest tier; subdistricts have no congress.
station | 人大代表联络站/代表联络站 | deputy liaison station | Where deputies receive voters.
legislative_outreach | 基层立法联系点 | local legislative outreach office* | Where drafts are discussed with the public.
other | 其他 | other | An organ of none of the kinds above.

# role: Roles
staff | 工作人员 | staff | Works in an office or committee of the standing committee.
director | 委室负责人 | office or committee director | Heads an office or committee of the standing committee.
clerk | 承办人 | handling clerk | Does the handling in an agency.
section | 科室负责人 | section head | Checks the clerk's work in an agency.
leader | 分管领导 | leader in charge | Answers for the field in an agency.
chief | 主要负责人 | chief | Heads an agency and signs for it.
member | 常委会组成人员/委员 | member of the standing committee | Deliberates and votes; counts in the denominator.
chairperson | 主任会议成员 | member of the council of chairpersons | Chairperson, vice-chairpersons and whoever the law adds.
deputy | 人大代表/代表 | deputy* | Elected to the congress.
sysadmin | 系统管理员 | system administrator | Runs the machine; sees no matter, grants no post.
secadmin | 安全管理员 | security administrator | Grants posts and accounts; does no business and reads no ledger.
auditor | 审计管理员 | audit administrator | Reads and verifies the ledger; changes nothing.

# person: Persons and elections
members | 全体组成人员 | all members | The denominator of a standing committee's votes, whoever is present.
chair | 主任 | chairperson | Heads the standing committee.
vice_chair | 副主任 | vice-chairperson | Stands in for the chairperson.
voter | 选民 | voter | May vote for deputies of a county or town.
district | 选区 | electoral district | Elects deputies directly.
electing_unit | 原选举单位 | electing unit | The body that elected a deputy and may recall them.
by_election | 补选 | by-election | Fills a seat that fell vacant.
recall | 罢免 | recall | Removal by those who elected.
resignation | 辞职 | resignation | Leaving office on one's own request, accepted by the competent body.
non_voting | 列席 | attend as non-voting participant | Sits in and may speak, does not vote.

# part: Parts in a matter
issuer | 制发单位 | issuing body | The organ whose paper opened the matter.
office | 归口委室 | office in charge | The office or committee that follows the matter for the standing committee.
committee | 征求意见委员会 | consulted committee | Gives its view on an outcome before it is reported.
council | 主任会议 | council of chairpersons~ | Hears of the matter and decides how to press it.
lead | 主办 | lead agency | Answers for the whole, gathers what the others did.
co | 协办/会办 | co-handling agency | Gives its share to the lead agency.
separate | 分办 | separate handling | Several agencies each answer for their own part.
mover | 领衔代表 | lead deputy | The deputy who raised a suggestion and speaks first for it.
joint | 联名代表 | joint deputy | Raised a suggestion together with others and judges it by itself.
cosigner | 联名代表（由领衔代表评价） | co-signing deputy | Raised a suggestion together; where the place says so the lead deputy judges for all.
sponsor | 领衔督办 | leading member~ | The member of the council of chairpersons who leads a priority follow-up.
supervisor | 督办委员会 | supervising committee | The committee that follows a priority suggestion.
overseer | 政府督查 | government inspectorate | Sees and presses the agencies for the government.
informed | 知情 | informed | Was told of the matter and may see it (the deputies of the congress).
handling_agency | 承办单位 | handling agency | Any agency that has a matter to handle.
addressee | 主送机关 | addressee | To whom a paper is sent for action.
copied | 抄送机关 | copied organ | Is sent a paper for information; has nothing to do.

# loop: The loop
matter | 事项 | matter | One thing followed from its paper to its end.
procedure | 程序 | procedure | The stages and acts a kind of matter goes through, declared as data.
edition | 版本 | edition | The wording of a procedure or rule under which a matter began and stays.
stage | 环节 | stage | Where a matter stands.
act | 办理行为 | act | What moves a matter; writes exactly one ledger entry.
ledger | 台账 | ledger | The record of all acts; append-only, hash-chained.
entry | 台账条目 | ledger entry | One thing that happened.
term | 期限 | term | A period within which an act is due.
start_event | 起算事件 | start event | What a term is counted from; its day does not count.
due | 到期日 | due date | The last day of a term.
working_days | 工作日 | working days | Days worked under the yearly holiday notices, make-up days included.
make_up_day | 调休上班日 | make-up working day | A weekend day worked in exchange for a holiday.
provisional | 暂定 | provisional | Reckoned before the year's holiday notice is known.
extension | 延期 | extension | A later due date, with who allowed it and why.
suspension | 中止计算 | suspension | Days on which a term does not run.
obligation | 办理要求 | obligation | What a paper asks somebody to do.
finding | 问题 | finding | What a paper says is wrong.
measure | 整改措施 | measure | What an agency will do about a finding.
evidence | 佐证 | evidence | What shows that a measure was carried out.
promise | 承诺事项 | promise | A sentence that binds its speaker, followed by itself.
round | 轮次 | round | One walk through the handling; a second begins when it is sent back.
hand_over | 交办 | hand over | Give a matter to those who must act.
return | 退回 | return | Refuse a matter as not one's own, with reasons, in time.
consultation | 征求意见 | consultation | Asking the named committee for its view, on its own clock.
report_on_handling | 研究处理情况报告 | report on handling | The written answer to a deliberation opinion.
notice_to_deputies | 通报 | notice to deputies | Tells the deputies what came of it.
second_hearing | 续审 | second hearing | The report is heard and judged again.
second_handover | 二次交办 | second handover | Given back to be handled once more, by the chief in person.
re_handling | 重新办理 | re-handling | Handling anew what was found wanting.
follow_up | 督办 | follow-up supervision | Pressing for what was handed over.
priority_follow_up | 重点督办 | priority follow-up | Chosen by the council of chairpersons and led by one of them.
joint_follow_up | 联合督办 | joint follow-up | Followed by several bodies together.
reminder | 催办 | reminder | Tells whoever must act that a term is near or past.
look_back | 回头看 | look-back | Examining later whether it held.
strike_off | 销号 | strike-off | Closing one listed problem against its rule.
staged_rectification | 分期整改 | staged rectification | An interim goal met; not yet done.
publication | 公开 | publication | Putting on the public site.
archiving | 归档 | filing in the archive | The papers are complete and kept.

# light: Lights
normal | 正常 | on time | Not near its due date.
warn | 将到期 | due soon | Inside the warning period.
late | 已超期 | overdue | The due date has passed.
waiting | 待定 | waiting | No due date yet: what starts the term has not happened, or the source is unclear.
paused | 已中止 | paused | The term does not run for now.
done | 已完成 | done | Done by its due date.
done_late | 超期完成 | done late | Done after its due date.
lapsed | 未履行 | lapsed | Not met when the matter went on without it; kept on record, waited for no longer.

# state: States
open | 未完成 | open | Not done.
done | 已完成 | done | Done, with evidence.
answered | 已答复 | answered | A reply was given; says nothing of its outcome.
solved | 已解决 | solved | What was asked for is there.
closed | 办结 | closed | Nothing more is awaited.
flagged | 待确认 | flagged question | Unclear in the source; a person decides.
proposed | 待审 | proposed | Read by the machine, not yet accepted.
accepted | 已采纳 | accepted | A person took it over as it was or corrected.
rejected | 已排除 | rejected | A person found it not to be so.

# deliberation: Deliberation and decisions
deliberate | 审议 | deliberate* | Discuss and judge at a session.
opinion | 审议意见 | deliberation opinions | What a session asks for after hearing a report.
opinion_letter | 审议意见书 | deliberation opinion letter | The paper that carries deliberation opinions.
resolution | 决议 | resolution | Passed by vote; approves or states a position.
decision | 决定 | decision | Passed by vote; binds or assigns.
special_report | 专项工作报告 | special work report | Heard on one subject of the yearly plan.
inspection | 执法检查 | inspection of law implementation* | Examines how a law is carried out.
inquiry | 询问 | inquiry | A question put during deliberation.
special_inquiry | 专题询问 | special inquiry* | Prepared questions on one subject, answered in session.
interpellation | 质询案 | interpellation bill | A formal question that must be answered.
investigation | 特定问题调查 | investigation into specific questions | A committee set up for one question.
dismissal | 撤职案 | dismissal bill | Removal from office by the standing committee.
appointment | 任免 | appointment and removal | Filling and clearing offices.
law_exam | 任前考试/任前法律知识考试 | pre-appointment law exam | Must be passed before appointment.
statement | 供职发言 | pre-appointment statement | What a nominee tells the members.
oath | 宪法宣誓 | oath of allegiance to the Constitution | Sworn on taking office.
agenda | 议程 | agenda | The items of a meeting in order.
bulletin | 公报 | bulletin | The published record of a session.
notice | 公文通知/通知 | notice | The paper that passes others on to those who must act.
annex | 附件 | annex | A paper attached to another.
document_number | 发文字号 | document number | Organ's character, year and running number of a paper.

# vote: Votes
vote | 表决 | vote | The decision of those entitled.
majority_of_all | 全体组成人员过半数 | majority of all members | More than half of all members, present or not.
quorum | 法定人数 | quorum | How many must be present for a vote to be valid.
entitled | 应到 | entitled to attend | All members in office.
present | 实到 | present | Members in the room when the vote is opened.
for | 赞成 | for | A vote in favour.
against | 反对 | against | A vote not in favour.
abstain | 弃权 | abstain | A vote cast for neither.
not_voting | 未按表决器/未表决 | not voting | Present, but no vote was cast.
recusal | 回避 | recusal | Takes no part because the item concerns them.
vacancy | 缺额 | vacancy | A seat nobody holds; not a member.
secret | 无记名 | by secret ballot | Nobody can tell who voted how.
multi_candidate | 差额 | multi-candidate | More candidates than places.
single_candidate | 等额 | single-candidate | As many candidates as places.
assessment | 满意度测评/测评 | satisfaction assessment | Members judge a report or its outcome.
satisfied | 满意 | satisfied | The best grade of an assessment.
basically_satisfied | 基本满意 | basically satisfied | The middle grade of an assessment.
dissatisfied | 不满意 | dissatisfied | The lowest grade; the matter goes back.
passed | 通过 | passed | The vote reached its threshold.
not_passed | 未通过 | not passed | The vote did not reach its threshold.

# suggestion: Suggestions
proposal | 议案 | proposal* | Put before the congress for decision.
suggestion | 建议、批评和意见/代表建议 | suggestions, criticisms and comments | What a deputy raises for an agency to handle.
lead_deputy | 领衔 | lead deputy | Raises a suggestion at the head of others.
joint_deputies | 联名 | joint deputies | Raise a suggestion together.
co_sign | 附议 | co-sign | Join a suggestion raised by another.
reply | 答复 | reply | The agency's written answer to the deputies.
face_to_face | 面商 | face-to-face consultation | Agency and deputy talk before the reply.
reply_gate | 答复审查 | reply gate | What speaks against sending a reply as it is, each with its place; stops or asks.
reply_class | 答复分类/办理结果分类 | class of reply | A letter whose meaning each place sets: done, being done, planned, not now, for reference, for higher authority.
outcome_done | 已经解决 | solved or adopted | What a class of reply says: what was asked for is there.
outcome_doing | 正在解决 | being solved | Work has begun and goes on.
outcome_planned | 列入计划 | planned | Promised for a later time.
outcome_not_now | 暂不能解决 | not now | Conditions do not allow it for the time being.
outcome_reference | 留作参考 | kept for reference | Taken note of, nothing promised.
outcome_higher | 属上级职权 | for higher authority | Passed on to a higher organ.
handover_book | 交办清册 | handover book | The list of all suggestions handed over, with handlers and dates.
handling_ledger | 承办台账 | handling ledger | One unit's list of what it handles.
co_opinion | 会办意见 | co-handler's opinion | A co-handling agency's share, sent to the lead agency.
rating_form | 征询意见表 | rating form | On which the deputy rates attitude and result apart.
reply_rate | 办复率 | reply rate | Share answered; not the share solved.
resolution_rate | 解决率 | resolution rate | Share solved, by class and evidence.
second_rating | 二次评价 | second rating | The deputy judges again after re-handling.
joint_rating | 联合评价 | joint rating | Several parties judge together.
voters_matter | 民情 | voters' matter | What a voter brought to a station.
handling_fund | 建议办理专项资金 | suggestion handling fund | Money set aside to carry suggestions out.

# money: Money, rules, plans
budget_adjustment | 预算调整 | budget adjustment | A change of the budget that needs approval.
final_accounts | 决算 | final accounts | The year's accounts, to be approved.
audit_rectification | 审计整改 | rectification of audit findings | Putting right what the audit found.
state_assets | 国有资产管理 | state-owned asset management* | Reported on every year.
government_debt | 政府债务 | government debt | Within limits that are approved.
plan_outline | 规划纲要 | development plan outline | The five-year plan of a place.
livelihood_vote | 民生实事票决 | deputies' vote on livelihood projects | Deputies choose which projects are done.
recording_review | 备案审查 | recording and review* | Filing normative documents and examining them.
normative_document | 规范性文件 | normative document* | A general rule below the rank of a regulation.
local_regulation | 地方性法规 | local regulation | Made by a provincial or city congress.
whole_process_democracy | 全过程人民民主 | whole-process people's democracy | The name for taking part at every step.
"""  # noqa: E501

"""What the demo's standing committee found and asked: six opinions. Everything is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bihuan.writers.forms import OpinionPart, opinion
from bihuan.writers.paper import Paper

PLACE = "临溪县"
HOUSE = f"{PLACE}人民代表大会常务委员会"
TERM = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One opinion of the demo: its subject, what was found and asked, and its closing requirement."""

    subject: str
    report: str
    praise: str
    problems: tuple[str, ...]
    suggestions: tuple[str, ...]
    demand: str

    def title(self) -> str:
        return f"{HOUSE}关于{self.subject}的审议意见"

    def paper(self, *, session: str, passed_on: date) -> Paper:
        parts = [OpinionPart(opening="会议认为", text=self.praise)]
        if self.problems:
            parts.append(OpinionPart(opening="会议指出", text="工作中还存在一些问题：", items=self.problems))
        parts.append(OpinionPart(opening="会议建议", text="", items=self.suggestions))
        parts.append(OpinionPart(opening="会议要求", text=self.demand))
        opening = f"{session}听取和审议了县人民政府《{self.report}》，会议原则同意这个报告。"
        return opinion(
            title=self.title(), session=session, passed_on=passed_on, opening=opening, parts=tuple(parts)
        )


def demand(committee: str, *, months: str = "两个月", report: str = "在一个月内") -> str:
    return (
        f"县人民政府对以上问题和建议要逐项研究处理，于会后{months}内将处理情况送{committee}征求意见后，"
        f"{report}向县人大常委会提出书面报告，随后由县人大常委会向本级人大代表通报并向社会公布。"
    )


WATER = Text(
    subject="全县农村供水保障情况报告",
    report="关于全县农村供水保障情况的报告",
    praise="县人民政府把农村供水摆在重要位置，供水工程覆盖面逐年扩大，多数村民已经用上稳定的自来水。",
    problems=(
        "部分村组老旧管网漏损较多",
        "云岭乡高山片区旱季水源不足",
        "村级管水员报酬没有固定来源",
    ),
    suggestions=(
        "对老旧管网排出改造次序，先改漏损最严重的村组",
        "抓紧建设云岭乡备用水源",
        "把村级管护经费列入年度预算",
    ),
    demand=demand("县人大常委会农业农村工作委员会"),
)
SCHOOL_MEALS = Text(
    subject="全县校园餐管理情况报告",
    report="关于全县校园餐管理情况的报告",
    praise="县人民政府推行校园餐集中配送，学校食堂条件有了改善。",
    problems=("食材采购价格公开不够", "家长参与监督的渠道不畅"),
    suggestions=("按月公开食材采购价格和来源", "每所学校建立家长陪餐制度"),
    demand=demand("县人大常委会社会建设工作委员会"),
)
FOREST = Text(
    subject="森林防火能力建设情况报告",
    report="关于森林防火能力建设情况的报告",
    praise="县人民政府健全了县乡村三级防火责任制，去年火情处置及时。",
    problems=("防火隔离带断点较多", "护林员年龄偏大、装备不足", "林区蓄水设施缺口明显"),
    suggestions=("补齐重点林区隔离带", "更新护林员装备并建立补员机制", "分年度增建林区蓄水池"),
    demand=demand("县人大常委会农业农村工作委员会"),
)
BUDGET = Text(
    subject="上半年预算执行情况报告",
    report="关于上半年预算执行情况的报告",
    praise="全县财政收支总体平稳，民生支出得到保障。",
    problems=("部分专项资金下达偏慢", "个别单位结转资金规模较大"),
    suggestions=("加快专项资金分配和下达", "清理盘活结转两年以上的资金"),
    demand=demand("县人大常委会财政经济工作委员会", months="三个月"),
)
ROADS = Text(
    subject="农村公路管护情况报告",
    report="关于农村公路管护情况的报告",
    praise="农村公路里程和等级稳步提升，群众出行条件改善。",
    problems=("临水临崖路段护栏缺失", "管护责任没有落实到人"),
    suggestions=("优先安装学校周边和临水路段护栏", "推行路长制并公示责任人"),
    demand=demand("县人大常委会财政经济工作委员会", months="三个月"),
)
TOWNS = Text(
    subject="民生实事项目上半年实施情况报告",
    report="关于民生实事项目上半年实施情况的报告",
    praise="十件民生实事总体进展顺利，已有四件提前完成。",
    problems=(),
    suggestions=("对进度偏慢的项目逐一明确完成时间", "项目建成后同步落实管护单位和经费"),
    demand="县人大常委会和县人民政府应当在下一年度的县人民代表大会会议上分别书面报告民生实事项目满意度测评结果"
    "和民生实事项目完成情况。",
)

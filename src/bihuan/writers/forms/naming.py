"""How a deputies' suggestion and its movers are named on every paper about it."""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.writers.numbers import ordinal
from bihuan.writers.paper import BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A deputy who raises a suggestion or proposal; what is not known stays blank."""

    name: str
    delegation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionName:
    """A suggestion as papers name it. place: 临溪县; session None: raised between sessions.

    number: as issued, without 第 and 号; '' while not yet issued.
    """

    place: str
    term: int
    session: int | None
    number: str
    title: str

    @property
    def raised_at(self) -> str:
        """临溪县第十八届人大第五次会议, or …闭会期间."""
        term = f"{self.place}{ordinal(self.term, unit='届')}人大"
        return term + (ordinal(self.session, unit="次") + "会议" if self.session else "闭会期间")

    @property
    def in_two_lines(self) -> str:
        """The same for a title, broken between session and number."""
        return f"{self.raised_at}\n第{self.number or BLANK}号建议"

    @property
    def full(self) -> str:
        """临溪县第十八届人大第五次会议第126号建议."""
        return f"{self.raised_at}第{self.number or BLANK}号建议"


def deputies_line(movers: tuple[Mover, ...]) -> tuple[str, ...]:
    """The deputies as a reply addresses them: 张三、李四、王五代表; blank while nobody is named."""
    names = "、".join(mover.name for mover in movers) or BLANK
    return (f"{names}代表",)

"""The documentation page of a procedure, written from its declaration: it cannot drift from what runs."""

from __future__ import annotations

from collections.abc import Iterator

from bihuan.kernel.glossary import chinese
from bihuan.kernel.permission import who_may
from bihuan.kernel.procedure import Act, Procedure, Stage, TermKind, targets
from bihuan.matters.registry import Module


def render_procedure(module: Module) -> str:
    """docs/procedures/<code>-<edition>.md."""
    return "\n".join(_page(module)) + "\n"


def _page(module: Module) -> Iterator[str]:
    p = module.procedure
    yield f"# {p.name} (`{p.code}`, edition {p.edition})"
    yield ""
    yield "Generated from the declaration: change that, then run `make docs`. Numbers begin with "
    yield f"`{p.prefix}-<year>-`."
    yield from ("", "## The matter's stages", "", "```mermaid", "stateDiagram-v2")
    yield from _diagram(p.stages, [(act, act.at, targets(act)) for act in p.acts if targets(act)])
    yield from (
        f"  {join.at} --> {join.to}: {join_words(join.parts)}都到{p.lane_stage(join.all_at).name}"
        for join in p.joins
    )
    yield "```"
    for lane in p.lanes:
        yield from ("", f"## The lane of {join_words(lane.parts)}", "", "```mermaid")
        yield "stateDiagram-v2"
        own = {stage.code for stage in lane.stages}
        yield from _diagram(
            lane.stages, [(act, act.party_at, (act.party_to,)) for act in p.acts if act.party_to in own]
        )
        yield "```"
    yield from (
        "",
        "## Acts",
        "",
        "| act | who | open at | leads to | asks | papers |",
        "|---|---|---|---|---|---|",
    )
    yield from (_act_row(act, module) for act in p.acts)
    yield from (
        "",
        "## Terms",
        "",
        "| term | bound | starts with | met by | length from |",
        "|---|---|---|---|---|",
    )
    yield from (_term_row(kind, p) for kind in p.terms)


def join_words(parts: tuple[str, ...]) -> str:
    return "、".join(chinese(f"part.{part}") for part in parts)


def _diagram(
    stages: tuple[Stage, ...], moves: list[tuple[Act, tuple[str, ...], tuple[str | None, ...]]]
) -> Iterator[str]:
    yield from (f'  state "{stage.name}" as {stage.code}' for stage in stages)
    yield f"  [*] --> {stages[0].code}"
    for act, origins, ends in moves:
        yield from (f"  {origin} --> {end}: {act.name}" for origin in origins for end in ends if end)
    yield from (f"  {stage.code} --> [*]" for stage in stages if stage.ended)


def _act_row(act: Act, module: Module) -> str:
    p = module.procedure
    at = "、".join(p.stage(code).name for code in act.at)
    if act.is_lane:
        at += "（单位：" + "、".join(p.lane_stage(code).name for code in act.party_at) + "）"
    leads = [p.stage(code).name for code in targets(act)]
    leads += [f"单位：{p.lane_stage(act.party_to).name}"] if act.party_to else []
    asks = "、".join(f"{ask.label}{'' if ask.required else '（选填）'}" for ask in act.asks)
    papers = "、".join(module.paper(code).name for code in act.papers)
    cells = (f"{act.name} `{act.code}`", who_may(act, say=chinese), at, "、".join(leads), asks, papers)
    return "| " + " | ".join(cell or "—" for cell in cells) + " |"


def _term_row(kind: TermKind, p: Procedure) -> str:
    names = {act.code: act.name for act in p.acts} | {"opened": "登记"}
    names |= {join.code: f"转入“{p.stage(join.to).name}”" for join in p.joins}
    bound = join_words(kind.parties or (kind.part,))
    sources = [f"the paper ({'、'.join(kind.read_as)})"] if kind.read_as else []
    sources += [f"law files: `{kind.law}`"] if kind.law else []
    starts = "、".join(names[code] for code in kind.started_by)
    if kind.after:
        starts += f"; counted from {names[kind.after]}"
    met = "、".join(names[code] for code in kind.met_by)
    cells = (
        f"{kind.name} `{kind.code}`",
        bound,
        starts,
        met,
        ", else ".join(sources) or ("the promise" if kind.promised else "the paper"),
    )
    return "| " + " | ".join(cell or "—" for cell in cells) + " |"

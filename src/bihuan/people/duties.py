"""What the three administrators may do, each their own part and nobody another's (三员分立).

Default deny: a duty not in the table is refused to everyone, and business roles appear only where written.
"""

from __future__ import annotations

from dataclasses import dataclass

from bihuan.kernel.glossary import chinese
from bihuan.people.actors import Actor, HeldPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A thing to be done: `name` completes the sentence 您不能…."""

    code: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the actor may; `reason` is a Chinese sentence either way, `post` the post that gives it."""

    allowed: bool
    reason: str
    post: HeldPost | None = None

    def __bool__(self) -> bool:
        return self.allowed


def _duty(code: str, name: str, *roles: str) -> Duty:
    return Duty(code=code, name=name, roles=roles)


DUTIES = {
    duty.code: duty
    for duty in (
        _duty("manage_organs", "登记机构", "sysadmin"),
        _duty("add_alias", "登记机构别名", "sysadmin", "staff", "director"),
        _duty("manage_people", "登记人员", "sysadmin"),
        _duty("open_account", "开设账号", "sysadmin"),
        _duty("disable_account", "停用或恢复账号", "sysadmin"),
        _duty("change_settings", "修改系统设置", "sysadmin"),
        _duty("load_holidays", "载入放假安排", "sysadmin"),
        _duty("make_backup", "备份数据", "sysadmin"),
        _duty("grant_post", "办理任职和离任", "secadmin"),
        _duty("unlock_account", "解除登录锁定", "secadmin"),
        _duty("reset_password", "重置密码", "secadmin"),
        _duty("end_session", "结束他人的登录", "secadmin"),
        _duty("see_sessions", "查看在线情况", "secadmin"),
        _duty("see_registers", "查看机构、人员和账号", "sysadmin", "secadmin"),
        _duty("see_logins", "查看登录记录", "secadmin", "auditor"),
        _duty("export_logins", "导出登录记录", "auditor"),
        _duty("read_ledger", "查阅台账", "auditor"),
        _duty("verify_ledger", "核验台账", "auditor"),
        _duty("export_ledger", "导出台账", "auditor"),
    )
}


def may(actor: Actor, duty: str) -> Verdict:
    """Whether `actor` may do `duty` by the posts held on the day the actor stands for."""
    if actor.account is None and actor.person is None:
        # The program itself, at the command line: whoever runs that already owns the machine.
        return Verdict(allowed=True, reason="由系统办理。")
    known = DUTIES.get(duty)
    if known is None:
        return Verdict(allowed=False, reason="您不能办理这件事：没有哪个岗位有这项职责。")
    who = "、".join(chinese(f"role.{role}") for role in known.roles)
    post = next((held for held in actor.posts if held.role in known.roles), None)
    if post is None:
        return Verdict(allowed=False, reason=f"您不能{known.name}：这是{who}的职责，请与其联系。")
    return Verdict(allowed=True, reason=f"由{who}办理。", post=post)

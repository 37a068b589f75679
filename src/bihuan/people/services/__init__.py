"""What can be done to the registers: each in one transaction, with one ledger entry, or refused by name."""

from bihuan.people.services.accounts import (
    Opened,
    change_password,
    disable_account,
    enable_account,
    end_session,
    export_logins,
    open_account,
    reset_password,
    unlock_account,
)
from bihuan.people.services.founding import found_site
from bihuan.people.services.organs import add_alias, add_organ, add_place, merge_organs, rename_organ
from bihuan.people.services.posts import (
    ROLES,
    add_deputy,
    add_person,
    change_person,
    end_post,
    grant_post,
)

__all__ = [
    "ROLES",
    "Opened",
    "add_alias",
    "add_deputy",
    "add_organ",
    "add_person",
    "add_place",
    "change_password",
    "change_person",
    "disable_account",
    "enable_account",
    "end_post",
    "end_session",
    "export_logins",
    "found_site",
    "grant_post",
    "merge_organs",
    "open_account",
    "rename_organ",
    "reset_password",
    "unlock_account",
]

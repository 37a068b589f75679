"""Why a service would not: one class a reason, its text a Chinese sentence for the person who asked."""

from __future__ import annotations


class Refused(Exception):  # a refusal is an answer, not a fault
    """Something was not done. `str(refusal)` says what happened, why, and what to do now."""


class NotAllowed(Refused):
    """The actor holds no post that gives the right."""


class ReasonMissing(Refused):
    """An act that takes something away was asked for without saying why."""


class NameTaken(Refused):
    """Another organ already bears the name."""


class WrongDates(Refused):
    """The dates are out of order or outside the life of the organ."""


class UnknownRole(Refused):
    """The role is not one the program knows."""


class PostsOverlap(Refused):
    """The person already holds the same post on some of these days."""


class AdministratorsApart(Refused):
    """An administrator's post cannot be held together with any other post."""


class LastAdministrator(Refused):
    """Nobody would be left to do this administrator's work."""


class HasMandate(Refused):
    """The person is entered as a deputy to that congress already."""


class AlreadyEnded(Refused):
    """The post or organ had already ended."""


class OrganHasPosts(Refused):
    """People still hold posts in an organ that is to end."""


class UsernameTaken(Refused):
    """The user name is in use, or not of the shape user names have."""


class HasAccount(Refused):
    """The person already has an account."""


class AccountState(Refused):
    """The account is already as asked, or an administrator's, whose post must end first."""


class AlreadyFounded(Refused):
    """The site has its first administrators already."""

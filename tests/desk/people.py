"""Everybody who may stand before the desk, by what the ledger and Django know of them."""

from __future__ import annotations

from dataclasses import dataclass

PASSPHRASE = "four words make one"
STRANGER = "nobody"


@dataclass(frozen=True)
class Somebody:
    """An account: its ledger roles, and whether it is a superuser of Django's.

    ``half``: the second factor was not shown. ``ended``: the ledger says so.
    """

    id: str
    name: str = ""
    roles: tuple[str, ...] = ()
    credential: str = ""
    superuser: bool = False
    ended: bool = False
    half: bool = False


WHO = {
    STRANGER: Somebody(""),
    "half": Somebody("ada", half=True),
    "no role": Somebody("bare"),
    "superuser without a role": Somebody("ghost", superuser=True),
    "ended": Somebody("gone", "Gone Writer", ("writer", "administrator"), ended=True),
    "ada": Somebody("ada", "Ada Writer", ("writer",)),
    "eva": Somebody("eva", "Eva Editor", ("editor",)),
    "haque": Somebody("haque", "R. Haque", ("clinical",), "neurologist, A-1"),
    "luz": Somebody("luz", "Luz Gil", ("language:es",)),
    "rev": Somebody("rev", "Rea Viewer", ("reviewer",)),
    "pub": Somebody("pub", "Pat Publisher", ("publisher",)),
    "adm": Somebody("adm", "Amal Administrator", ("administrator",)),
    "sue": Somebody("sue", "Sue Peruser", ("reviewer",), superuser=True),
}
"""By the name that the expected table uses; the last is a superuser and a plain reviewer."""

NO_ROLE = ("no role", "superuser without a role", "ended")

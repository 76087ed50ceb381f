"""Addresses of databases, and how they are shown: never with a password."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
# Up to the last "@", so that a password is cut whole that holds what it should not; unless it is a port that follows.
_PASSWORD = re.compile(r"(?<=://)([^/?#@:]*):(?![0-9]{1,5}(?:[/?]|\Z))(.*)@", re.DOTALL)
_UNWRITABLE = re.compile(r"[@/]|%(?![0-9A-Fa-f]{2})")
_PARAMETER = re.compile(r"(?<=[?&])((?:ssl)?password)=[^&]*", re.IGNORECASE)


def is_database(where: str) -> bool:
    """Tell whether a store's address is a database's.

    >>> is_database("postgresql://desk@db.example/newsroom"), is_database("newsroom")
    (True, False)
    """
    return _ADDRESS.match(where) is not None


def shown(address: str) -> str:
    """Give an address without its password.

    >>> shown("postgresql://ana:quay@db.example/newsroom?sslpassword=x&sslmode=require")
    'postgresql://ana@db.example/newsroom?sslpassword=...&sslmode=require'
    """
    cut = _PARAMETER.sub(r"\1=...", _PASSWORD.sub(r"\1@", address))
    return cut.encode("utf-8", "backslashreplace").decode()  # half characters cannot be printed


def find_fault(address: str) -> str | None:
    """Give why nobody should try to read an address, or None: whoever does quotes what follows a stray "@" or "/".

    >>> find_fault("postgresql://ana:qu@y@db.example/newsroom")
    'write @ as %40, / as %2F and % as %25 in the password'
    """
    if "\x00" in address or any("\ud800" <= letter <= "\udfff" for letter in address):
        return "it holds characters that are no text"
    before, _, _ = address.partition("?")
    found = _PASSWORD.search(before) or _PASSWORD.search(address)
    if found is not None and _UNWRITABLE.search(found[2]):
        return "write @ as %40, / as %2F and % as %25 in the password"
    return None

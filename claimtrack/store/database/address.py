"""Addresses of databases, and how they are shown: never with a password."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
# Up to the last "@": a password may hold any character but is cut whole, and so is one among the parameters.
_PASSWORD = re.compile(r"(?<=://)([^/?#@:]*):[^/]*@")
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
    return _PARAMETER.sub(r"\1=...", _PASSWORD.sub(r"\1@", address))

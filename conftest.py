"""README.md and the pages in docs/ run as tests: Python sessions, command lines and JSON examples alike.

Each document has one temporary folder to itself, with a copy of `seeds/` in it, and its examples run there in order.
"""

from __future__ import annotations

import contextlib
import doctest
import json
import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.evaluators.doctest import OutputChecker
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from claimtrack.store import Store
from tests.postgres_server import USER, find_programs, postgres_server

_SEEDS = Path(__file__).parent / "seeds"
_OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# What a reader's terminal would do is left out: width, colours, and a store that happens to be set.
_SURROUNDINGS = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "CLAIMTRACK_STORE": None}


class ConsoleParser(CodeBlockParser):
    """Run the lines `$ claimtrack ...` of a console block and compare what they print.

    `$ echo $?` shows the exit code of the line before. Lines of other programs, `$ pip install ...`, are not run.
    """

    language = "console"

    def evaluate(self, example: Example) -> str | None:
        """Give the difference between what a block shows and what its commands print, or None."""
        from click.testing import CliRunner

        from claimtrack.cli import main

        code = 0
        for command, wanted in _sessions(example.parsed):
            if command == "echo $?":
                printed = f"{code}\n"
            elif command.startswith("claimtrack "):
                result = CliRunner(env=_SURROUNDINGS).invoke(main, shlex.split(command)[1:], prog_name="claimtrack")
                if result.exception is not None and not isinstance(result.exception, SystemExit):
                    raise result.exception
                printed, code = result.output, result.exit_code
            else:
                continue
            if not OutputChecker().check_output(wanted, printed, _OPTIONS):
                shown = OutputChecker().output_difference(doctest.Example("", wanted), printed, _OPTIONS)
                return f"$ {command}\n{shown}"
        return None


def _sessions(block: str) -> list[tuple[str, str]]:
    """Give the commands of a console block, each with the output that stands below it."""
    found: list[tuple[str, str]] = []
    for line in block.replace("\\\n", " ").splitlines(keepends=True):
        if line.startswith("$ "):
            found.append((line[2:].strip(), ""))
        elif found:
            found[-1] = (found[-1][0], found[-1][1] + line)
    return found


class JsonParser(CodeBlockParser):
    """Read every JSON block, and validate those that are whole documents."""

    language = "json"

    def evaluate(self, example: Example) -> str | None:
        """Give what is wrong with the block, or None."""
        from claimtrack.models import DOCUMENTS, validate_document

        value = json.loads(example.parsed)
        written = value.get("format") if isinstance(value, dict) else None
        if str(written).startswith(tuple(f"claimtrack.{kind}/" for kind in DOCUMENTS)):
            return "\n".join(map(str, validate_document(value))) or None
        return None


def _enter(namespace: dict[str, Any]) -> None:
    folder = tempfile.mkdtemp(prefix="claimtrack-docs-")
    namespace["_surroundings"] = folder, Path.cwd(), {name: os.environ.get(name) for name in _SURROUNDINGS}
    if _SEEDS.is_dir():
        shutil.copytree(_SEEDS, Path(folder, "seeds"))
    os.chdir(folder)
    _surround(_SURROUNDINGS)


def _leave(namespace: dict[str, Any]) -> None:
    folder, before, variables = namespace["_surroundings"]
    os.chdir(before)
    _surround(variables)
    shutil.rmtree(folder)


def _surround(variables: dict[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


_PARSERS = [PythonCodeBlockParser(doctest_optionflags=_OPTIONS), ConsoleParser(), JsonParser(), SkipParser()]
_OF_DATABASES = "docs/database.md"


def _enter_with_database(namespace: dict[str, Any]) -> None:
    """Start a PostgreSQL server that an address without a host means, with an empty database `newsroom`."""
    if find_programs() is None:
        pytest.skip("no PostgreSQL server is installed here (on Debian: apt-get install postgresql)")
    _enter(namespace)
    running = contextlib.ExitStack()
    server = running.enter_context(postgres_server())
    server.run_sql("CREATE DATABASE newsroom")
    namespace["_running"] = running
    namespace["_variables"] = {name: os.environ.get(name) for name in ("PGHOST", "PGUSER")}
    _surround({"PGHOST": str(server.folder), "PGUSER": USER})


def _leave_database(namespace: dict[str, Any]) -> None:
    if "_running" not in namespace:
        return
    for value in namespace.values():
        if isinstance(value, Store):
            value.close()
    _surround(namespace["_variables"])
    namespace["_running"].close()
    _leave(namespace)


_documents = Sybil(
    parsers=_PARSERS,
    patterns=["README.md", "docs/*.md", "docs/recipes/*.md"],
    exclude=_OF_DATABASES,
    setup=_enter,
    teardown=_leave,
)
_of_databases = Sybil(
    parsers=_PARSERS,
    patterns=[_OF_DATABASES],
    setup=_enter_with_database,
    teardown=_leave_database,
)
pytest_collect_file = (_documents + _of_databases).pytest()

"""README.md and the pages in docs/ run as tests: Python sessions, command lines and JSON examples alike.

Each document has one temporary folder to itself, with a copy of `seeds/` in it, and its examples run there in order.
"""

from __future__ import annotations

import doctest
import json
import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sybil import Example, Sybil
from sybil.evaluators.doctest import OutputChecker
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

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


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=_OPTIONS), ConsoleParser(), JsonParser(), SkipParser()],
    patterns=["README.md", "docs/*.md", "docs/recipes/*.md"],
    setup=_enter,
    teardown=_leave,
).pytest()

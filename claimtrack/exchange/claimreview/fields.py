"""The values of somebody's JSON-LD as the kinds that documents hold; what does not fit is a finding and not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from claimtrack.errors import Finding
from claimtrack.exchange.claimreview.findings import finding
from claimtrack.models.rules import days_exist
from claimtrack.read.moment import to_moment

_LINE = 2000
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\x7f]+")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_DAY = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"T([01][0-9]|2[0-3]):[0-5][0-9]"
_SECONDS = r"(:[0-5][0-9](\.[0-9]{1,6})?)?"
_OFFSET = r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_MOMENT = re.compile(rf"{_DAY}({_CLOCK}{_SECONDS}{_OFFSET})?")
_ISO_MOMENT = re.compile(rf"{_DAY}({_CLOCK}(:[0-5][0-9](\.[0-9]+)?)?{_OFFSET}?)?")

Node = dict[str, Any]


class Fields:
    """Reads the fields of an object, and gathers what it could not place in `findings`."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def say(self, code: str, path: str, message: str) -> None:
        """Note a finding."""
        self.findings.append(finding(code, path, message))

    def wording(self, value: Any, path: str) -> str | None:
        """Give a text of any length as it is; None where there is none."""
        if type(value) is not str:
            value = self._one_text(value, path)
        return self._clean(value, path) or None if value else None

    def line(self, value: Any, path: str) -> str | None:
        """Give a text that fits on one line: a name, a title."""
        text = self.wording(value, path)
        if text is None:
            return None
        if _CONTROLS.search(text):
            text = " ".join(_CONTROLS.sub(" ", text).split())
            self.say("text-cleaned", path, "there are control characters in it")
        if len(text) > _LINE:
            self.say("text-too-long", path, f"has {len(text):,} characters")
            return None
        return text or None

    def url(self, value: Any, path: str) -> str | None:
        """Give an absolute address."""
        text = self.wording(value, path)
        text = text.strip() if text else None
        if not text:
            return None
        if len(text) > 2 * _LINE:
            self.say("text-too-long", path, f"has {len(text):,} characters")
        elif _URL.fullmatch(text):
            return text
        else:
            self.say("url-no-scheme", path, f"{_shown(text)} is no absolute address")
        return None

    def language(self, value: Any, path: str) -> str | None:
        """Give a BCP 47 language tag."""
        if isinstance(value, dict):  # a Language: alternateName is its code
            value = value.get("alternateName") or value
        text = self.wording(value, path)
        if text is None or (len(text) <= 35 and _LANGUAGE.fullmatch(text)):
            return text
        self.say("field-type", path, f"{_shown(text)} is no language tag")
        return None

    def moment(self, value: Any, path: str) -> str | None:
        """Give a day, or a day and time with its offset."""
        text = self.wording(value, path)
        if text is None:
            return None
        if _MOMENT.fullmatch(text) and days_exist(text) is None:
            return text
        moment = to_moment(text)
        if moment is None or not _ISO_MOMENT.fullmatch(text):
            self.say("date-format", path, f"{_shown(text)} is no date of ISO 8601")
        if moment is not None and len(moment) == 10 and len(text.strip()) > 10:
            self.say("date-no-offset", path, f"{_shown(text)} has a time and no offset; the day {moment} was read")
        return moment if moment is None or (_MOMENT.fullmatch(moment) and days_exist(moment) is None) else None

    def number(self, value: Any, path: str) -> str | None:
        """Give a number, as it is written."""
        if isinstance(value, str):
            if not value.strip():
                self.say("rating-empty-string", path, "is an empty string")
                return None
            return self.line(value, path)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            text = self._one_text(value, path)
            return self.line(text, path) if text is not None else None
        return None

    def nodes(self, value: Any, path: str) -> Iterator[tuple[Node | str, str]]:
        """Give the objects and texts of a field that may hold one or many, each with its path."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.nodes(item, f"{path}[{index}]")
        elif isinstance(value, dict | str):
            if value:
                yield value, path
        elif value is not None:
            self.say("field-type", path, f"{_kind(value)} stands where an object belongs")

    def node(self, value: Any, path: str) -> tuple[Node, str]:
        """Give the one object of a field, the first where there are several; an empty one where there is none."""
        found = list(self.nodes(value, path)) if value is not None else []
        objects = [(item, where) for item, where in found if isinstance(item, dict)]
        for item, where in found:
            if isinstance(item, str) and item.strip():
                self.say("field-type", where, "a text stands where an object belongs")
        if len(objects) > 1:
            self.say("multi-valued", path, f"there are {len(objects)} objects")
        return objects[0] if objects else ({}, path)

    def _one_text(self, value: Any, path: str) -> str | None:
        """Give the text of what is no string: a JSON-LD value object, or the first of a list."""
        if value is None or value == "" or value == []:
            return None
        if isinstance(value, dict) and isinstance(value.get("@value"), str):
            return str(value["@value"])
        if isinstance(value, list):
            texts = [item for item in value if isinstance(item, str) and item]
            if texts:
                if len(value) > 1:
                    self.say("multi-valued", path, f"there are {len(value)} values")
                return texts[0]
        self.say("field-type", path, f"{_kind(value)} stands where a text belongs")
        return None

    def _clean(self, text: str, path: str) -> str:
        if "\x00" in text:
            self.say("text-nul", path, "holds the character NUL, which was left out")
            text = text.replace("\x00", "")
        if not text.isascii():
            try:
                text.encode()
            except UnicodeEncodeError:
                self.say("text-surrogate", path, "holds half a surrogate pair, which was put as �")
                text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return text


def _kind(value: Any) -> str:
    words = {dict: "an object", list: "a list", bool: "true or false", str: "a text"}
    return words.get(type(value), "a number")


def _shown(text: str) -> str:
    return repr(text) if len(text) <= 60 else repr(text[:57]) + "..."

"""Which claims are asked for."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, get_args

import attrs

from claimtrack.errors import FilterError
from claimtrack.models import Claim
from claimtrack.models.vocabulary import ClaimKind, Publication, Verdict, Workflow

_CHOICES = {"kind": ClaimKind, "verdict": Verdict, "workflow": Workflow, "publication": Publication}
_WORD = re.compile(r"\w+(?:['\u2019.-]\w+)*")


@attrs.frozen(slots=True, kw_only=True)
class ClaimFilter:
    """What a claim must be like; None asks for nothing.

    `speaker` is a whole name, or its last words ("Aliyev", "von der Leyen"), of any of the claim's speakers; `tag` is
    a whole tag; `text` is any part of the statement. Capital and small letters are the same.

    Raises FilterError on a word that is not in a vocabulary, with the choices, and on an empty speaker.
    """

    speaker: str | None = None
    kind: str | None = None
    verdict: str | None = None
    workflow: str | None = None
    publication: str | None = None
    tag: str | None = None
    text: str | None = None

    def __attrs_post_init__(self) -> None:
        for name, vocabulary in _CHOICES.items():
            given, choices = getattr(self, name), get_args(vocabulary)
            if given is not None and given not in choices:
                near = difflib.get_close_matches(str(given), choices, n=1)
                hint = f"did you mean {near[0]!r}? " if near else ""
                raise FilterError(f"no claim has the {name} {given!r}; {hint}the choices are {', '.join(choices)}")
        if self.speaker is not None and not _words(self.speaker):
            raise FilterError(f"the speaker {self.speaker!r} has no word in it; give a name or a surname")

    def matches(self, claim: Mapping[str, Any]) -> bool:
        """Tell whether a claim, as parsed JSON of the right shape, is asked for."""
        for name in _CHOICES:
            wanted = getattr(self, name)
            if wanted is not None and claim.get(name, Claim.model_fields[name].default) != wanted:
                return False
        if self.tag is not None and folded(self.tag) not in (folded(tag) for tag in claim.get("tags", ())):
            return False
        if self.text is not None and folded(self.text) not in folded(claim["statement"]):
            return False
        if self.speaker is None:
            return True
        wanted_words = _words(self.speaker)
        names = (speaker.get("name") for speaker in claim.get("speakers", ()))
        return any(name is not None and _words(name)[-len(wanted_words) :] == wanted_words for name in names)


def folded(text: str) -> str:
    """Give a text in the form in which capital and small, composed and decomposed letters are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _words(name: str) -> list[str]:
    return _WORD.findall(folded(name).replace("\u2019", "'"))

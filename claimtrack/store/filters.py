"""Which claims are asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

import attrs

from claimtrack.errors import FilterError, did_you_mean
from claimtrack.models import Claim
from claimtrack.models.vocabulary import ClaimKind, Publication, Verdict, Workflow

if TYPE_CHECKING:
    from claimtrack.store.registry import SpeakerQuery

_CHOICES = {"kind": ClaimKind, "verdict": Verdict, "workflow": Workflow, "publication": Publication}


@attrs.frozen(slots=True, kw_only=True)
class ClaimFilter:
    """What a claim must be like; None asks for nothing.

    `speaker` is what the store's registry understands by a name; `tag` is a whole tag; `text` is any part of the
    statement. Capital and small letters are the same.

    Raises FilterError on a word that is not in a vocabulary, with the choices.
    """

    speaker: SpeakerQuery | None = None
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
                guess = did_you_mean(str(given), choices) or f"; the choices are {', '.join(choices)}"
                raise FilterError(f"no claim has the {name} {given!r}{guess}")

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
        return self.speaker is None or self.speaker.matches(claim)


def folded(text: str) -> str:
    """Give a text in the form in which capital and small, composed and decomposed letters are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())

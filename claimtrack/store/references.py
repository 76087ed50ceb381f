"""What documents say about other documents, by their ids: whether those are there."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from claimtrack.errors import Finding, StoreError
from claimtrack.models import Article, Claim, Document, Evidence
from claimtrack.store.home import Opened
from claimtrack.store.paths import Place, article_place, claim_places, evidence_place, speaker_place

_REMEMBERED = 50_000


class References:
    """Looks up in an open store whether what a document refers to is there; what was looked up is remembered."""

    def __init__(self, opened: Opened) -> None:
        self._holds = functools.lru_cache(_REMEMBERED)(functools.partial(_holds, opened))

    def check(self, document: Document) -> Iterator[Finding]:
        """Give a finding for each document that this one needs or names and the store does not hold."""
        if isinstance(document, Claim):
            yield from self._check_claim(document)
        elif isinstance(document, Evidence) and document.same_source_as is not None:
            yield from self._check_evidence(document.same_source_as, "$.same_source_as")
        elif isinstance(document, Article) and not self._holds(_article, document.revises or document.id):
            what = f"the edition before, {document.revises!r},"
            yield _finding("article-missing", what, "$.revises", needed=False)

    def _check_claim(self, claim: Claim) -> Iterator[Finding]:
        if claim.article_id is not None and not self._holds(_article, claim.article_id):
            yield _finding("article-missing", f"its article {claim.article_id!r}", "$.article_id")
        for index, link in enumerate(claim.evidence):
            if link.evidence is not None:
                yield from self._check_evidence(link.evidence, f"$.evidence[{index}].evidence")
        others = [(relation.claim, f"$.relations[{index}].claim") for index, relation in enumerate(claim.relations)]
        for index, event in enumerate(claim.events):
            if event.data is not None and event.data.claim is not None:
                others.append((event.data.claim, f"$.events[{index}].data.claim"))
        for id, path in others:
            if not self._holds(claim_places, id):
                yield _finding("claim-missing", f"the claim {id!r}", path, needed=False)
        for index, speaker in enumerate(claim.speakers):
            if speaker.speaker_id is not None and not self._holds(_speaker, speaker.speaker_id):
                path = f"$.speakers[{index}].speaker_id"
                yield _finding("speaker-missing", f"the speaker record {speaker.speaker_id!r}", path, needed=False)

    def _check_evidence(self, id: str, path: str) -> Iterator[Finding]:
        if not self._holds(_evidence, id):
            yield _finding("evidence-missing", f"the evidence {id!r}", path)


def _holds(opened: Opened, places: Callable[[str], tuple[Place, ...]], id: str) -> bool:
    try:
        return any(map(opened.holds, places(id)))
    except StoreError as error:
        return "cannot be an id" not in str(error)  # what stands there and cannot be read has a finding of its own


def _article(id: str) -> tuple[Place, ...]:
    return (article_place(id),)


def _evidence(id: str) -> tuple[Place, ...]:
    return (evidence_place(id),)


def _speaker(id: str) -> tuple[Place, ...]:
    return (speaker_place(id),)


def _finding(code: str, what: str, path: str, *, needed: bool = True) -> Finding:
    return Finding(
        code=code,
        severity="error" if needed else "warning",
        message=f"{what} is not in the store; add it, or take the reference out",
        path=path,
    )

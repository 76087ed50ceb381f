"""A whole store verified: what `validate` looks at, and then histories, copies and anchors.

What could not be checked is a finding of its own (`not-checked`), so that nobody takes it for fine.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

import attrs

from claimtrack.errors import DocumentError, Finding, StoreError
from claimtrack.models import Anchor, Article, Claim, Document, Evidence
from claimtrack.store.content import decode_document
from claimtrack.store.copies import check_evidence_copy
from claimtrack.store.home import Home, Opened
from claimtrack.store.paths import article_place
from claimtrack.store.validating import validate_store
from claimtrack.text import match_anchor
from claimtrack.track import Policy
from claimtrack.track.history import read_history

Progress = Callable[[int], None]
"""Is told how many documents have been looked at."""

_NO_HEAD = (
    "history has no recorded head, so a cut at its end would not show",
    "histories have no recorded head, so a cut at their end would not show",
)
_NO_ARTICLE = (
    "claim has anchors and no article to look them up in",
    "claims have anchors and no article to look them up in",
)
_NO_COPY = (
    "document of evidence has no captured copy to compare",
    "documents of evidence have no captured copy to compare",
)
_NO_TEXT = ("excerpt was not looked up in its evidence", "excerpts were not looked up in their evidence")
_UNREAD = (
    "file holds no document that could be checked any further",
    "files hold no document that could be checked any further",
)


def verify_store(
    home: Home,
    *,
    policy: Policy,
    heads: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    seen: dict[str, str] | None = None,
) -> Iterator[Finding]:
    """Give every finding on a store. `heads` are recorded elsewhere, by claim id; `seen` is filled with those found."""
    with home.opened() as opened:
        verifying = _Verifying(opened, policy=policy, heads=heads, progress=progress)
        yield from validate_store(home, also=verifying.check)
        yield from verifying.missing_heads()
        yield from verifying.not_checked()
        if seen is not None:
            seen.update(verifying.seen)


class _Verifying:
    """Checks one document after the other, and keeps count of what it could not check."""

    def __init__(
        self,
        opened: Opened,
        *,
        policy: Policy,
        heads: Mapping[str, str] | None,
        progress: Progress | None,
    ) -> None:
        self.opened, self.policy, self.progress = opened, policy, progress
        self.heads = heads or {}
        self.seen: dict[str, str] = {}
        self._looked_at = 0
        self._article: str | None = None
        self._text: str | None = None
        self._left: Counter[tuple[str, str]] = Counter()

    def check(self, document: Document | None) -> Iterator[Finding]:
        """Give what is wrong with a document that is valid by itself; None stands for one that could not be read."""
        self._looked_at += 1
        if self.progress is not None:
            self.progress(self._looked_at)
        if document is None:
            self._left[_UNREAD] += 1
        elif isinstance(document, Claim):
            if document.events or document.id in self.heads or document.workflow != "candidate" or document.verdict:
                yield from self._check_history(document)
            yield from self._check_anchors(document)
        elif isinstance(document, Evidence):
            yield from self._check_copy(document)

    def _check_history(self, claim: Claim) -> Iterator[Finding]:
        history = read_history(claim)
        yield from history.findings
        if history.digests:
            self.seen[claim.id] = history.digests[-1]
        recorded = self.heads.get(claim.id)
        if recorded is None:
            self._left[_NO_HEAD] += bool(claim.events)
        elif recorded not in history.digests:
            yield _error(
                "history-cut",
                f"the recorded head {recorded[:12]} is not in the history: it was cut or rewritten",
                "$.events",
            )
        for index, event in enumerate(claim.events):
            eyes = event.data.eyes if event.data is not None else None
            if event.action == "approve" and eyes is not None and eyes < self.policy.eyes:
                message = f"approved with {eyes} pairs of eyes; the store now asks for {self.policy.eyes}"
                yield Finding(
                    code="eyes-too-few", severity="warning", message=message, path=f"$.events[{index}].data.eyes"
                )

    def _check_anchors(self, claim: Claim) -> Iterator[Finding]:
        anchors = list(_anchors(claim))
        if not anchors:
            return
        text = self._text_of(claim.article_id)
        if text is None:
            self._left[_NO_ARTICLE] += 1
            return
        for path, anchor in anchors:
            if text[anchor.start : anchor.end] != anchor.exact:
                found = match_anchor(anchor, text)
                where = f"{found.outcome}{'' if found.span is None else f', at {found.span.start}'}"
                message = f"{anchor.exact[:60]!r} does not stand at {anchor.start} in the article: {where}"
                yield _error("anchor-mismatch", message, path)

    def _text_of(self, article_id: str | None) -> str | None:
        """Give an article's text; claims come article by article, so one is remembered."""
        if article_id is not None and article_id != self._article:
            self._article, self._text = article_id, None
            with contextlib.suppress(StoreError, DocumentError):  # what is wrong with it has findings of its own
                place = article_place(article_id)
                data = self.opened.read(place)
                article = None if data is None else decode_document(data, place)
                self._text = article.text if isinstance(article, Article) else None
        return self._text if article_id is not None else None

    def _check_copy(self, evidence: Evidence) -> Iterator[Finding]:
        if evidence.copy_path is None or evidence.sha256 is None:
            self._left[_NO_COPY] += 1
            return
        yield from check_evidence_copy(self.opened, evidence)
        if evidence.excerpt is not None and evidence.text is None:
            self._left[_NO_TEXT] += 1

    def missing_heads(self) -> Iterator[Finding]:
        """Give the claims whose heads are recorded and that are not there at all."""
        for id in sorted(self.heads.keys() - self.seen.keys()):
            message = "a head of its history is recorded, and the claim, or all of its history, is not in the store"
            yield attrs.evolve(_error("history-cut", message, "$.events"), source=id, path=None)

    def not_checked(self) -> Iterator[Finding]:
        """Give what could not be checked, one finding for each reason."""
        for reason, count in self._left.items():
            if count:
                yield Finding(code="not-checked", severity="note", message=f"{count} {reason[count > 1]}")


def _anchors(claim: Claim) -> Iterator[tuple[str, Anchor]]:
    """Give the anchors of a claim in its article, with their paths."""
    found = claim.attribution
    if found is not None:
        for name in ("source", "cue"):
            if (anchor := getattr(found, name)) is not None:
                yield f"$.attribution.{name}", anchor
        for index, anchor in enumerate(found.content):
            yield f"$.attribution.content[{index}]", anchor
    for name in ("figures", "dates"):
        for index, one in enumerate(getattr(claim, name)):
            yield f"$.{name}[{index}].anchor", one.anchor
    for index, speaker in enumerate(claim.speakers):
        if speaker.mention is not None:
            yield f"$.speakers[{index}].mention", speaker.mention


def _error(code: str, message: str, path: str) -> Finding:
    return Finding(code=code, severity="error", message=message, path=path)

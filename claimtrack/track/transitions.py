"""The steps of a claim's life, one function each: a claim in, the claim with one more event out.

Each takes `by` (who) and `at` (when, with its offset from UTC); nothing here asks for the clock. Each raises
TransitionError where the table of `moves` does not allow the step, and DocumentError on a value of the wrong form.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from claimtrack.errors import DocumentError, TransitionError
from claimtrack.models import Claim, Event, EventData, Evidence, Rating
from claimtrack.models.base import Value, findings_from_pydantic
from claimtrack.models.vocabulary import ContactOutcome, CorrectionKind, DeclineReason, Stance, Verdict, Workflow
from claimtrack.track.digests import event_digest, event_id, number_of
from claimtrack.track.guards import Documents
from claimtrack.track.history import read_history
from claimtrack.track.moves import MOVES, find_actions, find_move
from claimtrack.track.policy import Policy
from claimtrack.track.state import NO_DATA, State, apply_event, link_key
from claimtrack.version import __version__

AnyValue = TypeVar("AnyValue", bound=Value)
DEFAULT_POLICY: Final = Policy()
# `Event` asks for an id and a digest cannot be known before the event is.
_UNNAMED: Final = "e0"


def triage(claim: Claim, *, by: str, at: str, why: str | None = None) -> Claim:
    """Give the claim, judged to be worth checking.

    >>> claim = Claim(id="rents-1", kind="direct", statement="Rents fell")
    >>> triage(claim, by="Ines", at="2025-03-04T10:00:00Z").workflow
    'triaged'
    """
    return _take(claim, "triage", by=by, at=at, why=why)


def decline(claim: Claim, reason: DeclineReason, *, by: str, at: str, why: str | None = None) -> Claim:
    """Give the claim, declined for a reason: `not_checkable`, `too_vague`, `out_of_scope`, ..."""
    return _take(claim, "decline", by=by, at=at, why=why, reason=reason)


def mark_duplicate(claim: Claim, original: str, *, by: str, at: str, why: str | None = None) -> Claim:
    """Give the claim as a duplicate of another, named by its id; nothing is deleted, it stays as a sighting."""
    return _take(claim, "mark_duplicate", by=by, at=at, why=why, claim=original)


def withdraw(claim: Claim, *, by: str, at: str, why: str) -> Claim:
    """Give the claim, withdrawn: it should not have been entered."""
    return _take(claim, "withdraw", by=by, at=at, why=why)


def assign(claim: Claim, person: str, *, by: str, at: str, due: str | None = None, why: str | None = None) -> Claim:
    """Give the claim, assigned to a person, who may have it done by a day or time."""
    return _take(claim, "assign", by=by, at=at, why=why, person=person, due=due)


def cite(
    claim: Claim,
    evidence: str | Evidence | None = None,
    *,
    by: str,
    at: str,
    stance: Stance | None = None,
    search: str | None = None,
    note: str | None = None,
    set: str | None = None,
) -> Claim:
    """Give the claim with a link to evidence and what it says about the claim, or to a search that found nothing.

    `set` names links that count only together. Citing the same evidence again changes its link; the history keeps both.

    >>> claim = triage(Claim(id="rents-1", kind="direct", statement="Rents fell"), by="Ines", at="2025-03-04T10:00Z")
    >>> claim = cite(claim, "rent-index-march", stance="refutes", note="They rose.", by="Ines", at="2025-03-04T11:00Z")
    >>> claim.workflow, claim.evidence[0].stance
    ('researching', 'refutes')
    """
    id = evidence.id if isinstance(evidence, Evidence) else evidence
    if search is not None and stance is None:
        stance = "nothing_found"
    return _take(claim, "cite", by=by, at=at, why=note, evidence=id, search=search, stance=stance, set=set)


def contact(
    claim: Claim,
    person: str,
    *,
    by: str,
    at: str,
    outcome: ContactOutcome = "asked",
    due: str | None = None,
    why: str | None = None,
) -> Claim:
    """Give the claim with a note that a person was asked, has answered, or gave no answer by the deadline (`due`)."""
    return _take(claim, "contact", by=by, at=at, why=why, person=person, outcome=outcome, due=due)


def await_response(claim: Claim, *, by: str, at: str, why: str | None = None) -> Claim:
    """Give the claim, waiting for those who were asked; their answer, or its absence in time, takes it on again."""
    return _take(claim, "await_response", by=by, at=at, why=why)


def decide(
    claim: Claim,
    verdict: Verdict,
    *,
    by: str,
    at: str,
    words: str | None = None,
    rating: Rating | None = None,
    explanation: str | None = None,
    why: str | None = None,
) -> Claim:
    """Give the claim, drafted with a verdict in the reviewer's own words.

    `words` is the label that readers see; `rating` gives it a number on a named scale. `explanation` are the reasons
    as they are published, `why` a remark for colleagues.
    """
    if words is not None:
        if rating is not None and rating.label not in (None, words):
            raise TransitionError(f"{claim.id}: the rating says {rating.label!r} and words {words!r}; give one")
        rating = make_value(Rating, source=claim.id, label=words) if rating is None else rating.replace(label=words)
    return _take(claim, "decide", by=by, at=at, why=why, verdict=verdict, rating=rating, explanation=explanation)


def submit(claim: Claim, *, by: str, at: str, why: str | None = None) -> Claim:
    """Give the claim, handed to somebody else for review."""
    return _take(claim, "submit", by=by, at=at, why=why)


def send_back(claim: Claim, *, by: str, at: str, why: str) -> Claim:
    """Give the claim, sent back to its author with the reason."""
    return _take(claim, "send_back", by=by, at=at, why=why)


def approve(claim: Claim, *, by: str, at: str, why: str | None = None, policy: Policy = DEFAULT_POLICY) -> Claim:
    """Give the claim, approved by somebody who is not its author; it stays in review while the policy asks for more."""
    return _take(claim, "approve", by=by, at=at, why=why, eyes=policy.eyes)


def publish(
    claim: Claim,
    evidence: Iterable[Evidence] = (),
    *,
    by: str,
    at: str,
    url: str | None = None,
    publisher: str | None = None,
    waiver: str | None = None,
    review_on: str | None = None,
    why: str | None = None,
) -> Claim:
    """Give the claim as published at a URL, with our own review in its `reviews`.

    `evidence` are the documents that the claim cites: each that bears on it must have an archived copy, or `waiver`
    says why it was published without. `review_on` is the day on which to look at it again.
    """
    documents = {document.id: document for document in evidence}
    details = {"url": url, "publisher": publisher, "waiver": waiver, "due": review_on}
    return _take(claim, "publish", by=by, at=at, why=why, documents=documents, **details)


def correct(
    claim: Claim,
    kind: CorrectionKind,
    *,
    by: str,
    at: str,
    why: str,
    words: str | None = None,
    explanation: str | None = None,
) -> Claim:
    """Give the published claim, corrected (typo, clarification) or taken up again to be (update, correction).

    A typo or clarification is done at once, may bring other `words` or another `explanation`, and never changes the
    verdict. An update or correction opens the check again: `decide`, `submit`, `approve` and `publish` end it, or
    `confirm` where nothing had to change. `why` is the note that readers see: what was wrong, and since when.
    """
    if kind in ("update", "correction") and (words is not None or explanation is not None):
        raise TransitionError(f"{claim.id}: an {kind} takes no words yet; decide gives them")
    before = read_history(claim).state.rating
    rating = None
    if words is not None:
        rating = before.replace(label=words) if before is not None else make_value(Rating, source=claim.id, label=words)
    return _take(claim, "correct", by=by, at=at, why=why, correction=kind, rating=rating, explanation=explanation)


def confirm(claim: Claim, *, by: str, at: str, why: str | None = None, review_on: str | None = None) -> Claim:
    """Give the published claim, looked at again and found to stand; `review_on` is the next day to do so."""
    return _take(claim, "confirm", by=by, at=at, why=why, due=review_on)


def supersede(claim: Claim, successor: str, *, by: str, at: str, why: str | None = None) -> Claim:
    """Give the published claim, whose check another claim's has taken the place of."""
    return _take(claim, "supersede", by=by, at=at, why=why, claim=successor)


def retract(claim: Claim, *, by: str, at: str, why: str) -> Claim:
    """Give the published claim, taken back; its text stays, with the reason."""
    return _take(claim, "retract", by=by, at=at, why=why)


def reopen(claim: Claim, *, by: str, at: str, why: str) -> Claim:
    """Give the claim that was declined, withdrawn or a duplicate, triaged again."""
    return _take(claim, "reopen", by=by, at=at, why=why)


def note(claim: Claim, text: str, *, by: str, at: str) -> Claim:
    """Give the claim with a note in its history; nothing else changes."""
    return _take(claim, "note", by=by, at=at, why=text)


def _take(
    claim: Claim,
    action: str,
    /,
    *,
    by: str,
    at: str,
    why: str | None,
    documents: Documents | None = None,
    **details: Any,
) -> Claim:
    """Give the claim after one step, checked against the table."""
    history = read_history(claim)
    wrong = [one for one in history.findings if one.severity == "error"]
    if wrong:
        first = f"{wrong[0].path}: {wrong[0].message}"
        raise TransitionError(f"{claim.id}: its history does not hold, so nothing is added to it: {first}")
    state = history.state
    told = {name: value for name, value in details.items() if value is not None}
    data = make_value(EventData, source=claim.id, **told) if told else NO_DATA
    fields = {"by": by, "at": at, "why": why, "action": action, "tool": name_of_tool(), "data": data if told else None}
    parents = history.digests[-1:]
    number = 1 + (number_of(claim.events[-1]) if claim.events else 0)
    move = find_move(state, action, data)
    if move is None:
        _complain(claim, state, action, data, why)
        raise AssertionError("a move that is complete and possible was not found")
    event = make_value(
        Event, source=claim.id, id=_UNNAMED, from_=state.workflow, to=move.end_of(state), parents=parents, **fields
    )
    event = event.replace(id=event_id(event_digest(event), number=number))
    _check_needs(claim, action, move.needs, data, why)
    for guard in move.guards:
        if (sentence := guard(state, event, documents)) is not None:
            raise TransitionError(f"{claim.id}: cannot {action}: {sentence}", allowed=find_actions(state))
    return with_state(claim, apply_event(state, event, publication=move.publication_of(state)), event)


def with_state(claim: Claim, state: State, event: Event) -> Claim:
    """Give a claim with one more event, and the state that it leads to in the claim's own fields."""
    links = {link_key(link): link for link in (*claim.evidence, *state.links)}
    reviews = claim.reviews
    if state.review is not None:
        known = [review.id for review in reviews]
        reviews = tuple(state.review if review.id == state.review.id else review for review in reviews)
        reviews += () if state.review.id in known else (state.review,)
    return claim.replace(
        workflow=state.workflow,
        verdict=state.verdict,
        publication=state.publication,
        evidence=tuple(links.values()),
        reviews=reviews,
        events=(*claim.events, event),
    )


def _complain(claim: Claim, state: State, action: str, data: EventData, why: str | None) -> None:
    """Raise the error that says why no row of the table fits."""
    rows = [move for move in MOVES if move.action == action]
    possible = find_actions(state)
    if action in possible:  # the place is right, so what is wrong is what was given
        rows = [move for move in rows if move.begins_at(state)]
        _check_needs(claim, action, rows[0].needs, data, why)
    fitting = [move for move in rows if move.fits(state, data)] or rows
    starts: list[Workflow] = list(dict.fromkeys(start for move in fitting for start in move.start))
    publications = list(dict.fromkeys(one for move in fitting for one in move.publication))
    wanted = f"the workflow {_or(starts)}"
    if state.workflow in starts:
        wanted = f"the publication {_or(publications)}"
    stands = f"it is {state.workflow}, {state.publication}"
    raise TransitionError(
        f"{claim.id}: cannot {action} here: that needs {wanted}, and {stands}; possible are {', '.join(possible)}",
        allowed=possible,
    )


def _check_needs(claim: Claim, action: str, needs: tuple[str, ...], data: EventData, why: str | None) -> None:
    for name in needs:
        if (why if name == "why" else getattr(data, name)) is None:
            raise TransitionError(f"{claim.id}: {action} needs {_NEEDED.get(name, name)}")


_NEEDED: Final = {
    "why": "a reason; give why",
    "reason": "a reason from the vocabulary; give reason",
    "claim": "the id of the other claim",
    "person": "the name of a person",
    "stance": "what the evidence says; give stance",
    "verdict": "a verdict",
}


def _or(words: list[Any]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def make_value(model: type[AnyValue], *, source: str, **fields: Any) -> AnyValue:
    """Give a value of a model; raises DocumentError, naming `source`, when it would not be valid."""
    try:
        return model(**fields)
    except ValidationError as error:
        raise DocumentError(findings_from_pydantic(error), source=source) from None


def name_of_tool() -> str:
    """Give the name that events are signed with: this program and its version."""
    return f"claimtrack {__version__}"

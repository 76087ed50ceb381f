"""Where a claim stands: the state that its events have led to, one event at a time."""

from __future__ import annotations

from typing import Any, Final

import attrs

from claimtrack.models import Event, EventData, EvidenceLink, Rating, Review
from claimtrack.models.vocabulary import ContactOutcome, CorrectionKind, Publication, Verdict, Workflow
from claimtrack.track.people import same_person

NO_DATA: Final = EventData()
PUBLIC: Final = ("published", "corrected")
"""What the public sees as the check of a claim."""
LinkKey = tuple[str | None, str | None, str | None]


@attrs.frozen(slots=True)
class Contact:
    """Somebody who was asked, what came of it last, and until when an answer is awaited."""

    person: str
    outcome: ContactOutcome
    due: str | None = None


@attrs.frozen(slots=True, kw_only=True)
class State:
    """What the events of a claim amount to. Workflow, verdict, publication, cited links and review stand in the claim.

    `id` is the claim's; `review` is our own published check; `authors` decided or submitted it, `approvers` approved
    what was submitted last; `due` is when the work is expected, `review_on` when a published check is to be looked at
    again; `before` is what the public saw when a correction was begun; `other` is the original or the successor.
    """

    id: str = ""
    workflow: Workflow = "candidate"
    verdict: Verdict | None = None
    publication: Publication = "unpublished"
    links: tuple[EvidenceLink, ...] = ()
    review: Review | None = None
    rating: Rating | None = None
    explanation: str | None = None
    assignee: str | None = None
    due: str | None = None
    review_on: str | None = None
    contacts: tuple[Contact, ...] = ()
    authors: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    correction: CorrectionKind | None = None
    before: Publication | None = None
    other: str | None = None

    @property
    def awaited(self) -> tuple[Contact, ...]:
        """Those who were asked and have not answered."""
        return tuple(contact for contact in self.contacts if contact.outcome == "asked")

    def with_link(self, link: EvidenceLink) -> tuple[EvidenceLink, ...]:
        """Give the links with one more, which takes the place of the one to the same evidence in the same set."""
        return with_link(self.links, link)


def with_link(links: tuple[EvidenceLink, ...], link: EvidenceLink) -> tuple[EvidenceLink, ...]:
    """Give links with one more; a link to the same evidence, in the same set, is replaced where it stands."""
    if link_key(link) not in map(link_key, links):
        return (*links, link)
    return tuple(link if link_key(one) == link_key(link) else one for one in links)


def link_key(link: EvidenceLink) -> LinkKey:
    """Give what makes a link the same link when its stance changes."""
    return link.evidence, link.search, link.set


def cited_link(event: Event) -> EvidenceLink | None:
    """Give the link that a cite event makes, or None where it makes none."""
    data = event.data or NO_DATA
    if event.action != "cite" or data.stance is None or (data.evidence is None) == (data.search is None):
        return None
    if (data.search is not None) != (data.stance == "nothing_found"):
        return None
    return EvidenceLink(evidence=data.evidence, search=data.search, stance=data.stance, note=event.why, set=data.set)


def apply_event(state: State, event: Event, *, publication: Publication | None = None) -> State:
    """Give the state after an event; `publication` is what its move makes of the publication, None for no change."""
    data = event.data or NO_DATA
    state = attrs.evolve(
        state, workflow=event.to or state.workflow, publication=publication or state.publication, **_told(state, event)
    )
    if event.action == "publish" or (event.action == "correct" and data.correction in ("typo", "clarification")):
        return attrs.evolve(state, review=_review(state, event))
    return state


def _told(state: State, event: Event) -> dict[str, Any]:
    """Give the fields that an event changes beside workflow and publication."""
    data, by = event.data or NO_DATA, event.by
    match event.action:
        case "assign":
            return {"assignee": data.person, "due": data.due}
        case "cite":
            link = cited_link(event)
            return {} if link is None else {"links": state.with_link(link)}
        case "contact" if data.person is not None and data.outcome is not None:
            others = tuple(one for one in state.contacts if not same_person(one.person, data.person))
            return {"contacts": (*others, Contact(data.person, data.outcome, data.due))}
        case "decide":
            return {
                "verdict": data.verdict,
                "rating": data.rating,
                "explanation": data.explanation,
                "authors": _with(state.authors, by),
            }
        case "submit":
            return {"authors": _with(state.authors, by), "approvers": ()}
        case "approve":
            return {"approvers": _with(state.approvers, by)}
        case "publish":
            return {"review_on": data.due, "due": None}
        case "correct" if data.correction in ("typo", "clarification"):
            return {
                "correction": data.correction,
                "rating": data.rating or state.rating,
                "explanation": data.explanation or state.explanation,
            }
        case "correct":
            begun: dict[str, Any] = {"correction": data.correction, "before": state.publication, "due": data.due}
            return begun | {"authors": (), "approvers": ()}
        case "confirm":
            told: dict[str, Any] = {"review_on": data.due, "due": None, "before": None}
            if state.review is None:
                return told
            return told | {"rating": state.review.rating, "explanation": state.review.explanation}
        case "mark_duplicate" | "supersede":
            return {"other": data.claim, "due": None, "review_on": None}
        case "decline" | "withdraw" | "retract":
            return {"due": None, "review_on": None}
        case "reopen":
            return {"authors": (), "approvers": (), "other": None}
        case "merge":
            return {"verdict": data.verdict, "rating": data.rating, "explanation": data.explanation}
    return {}


def _with(people: tuple[str, ...], person: str) -> tuple[str, ...]:
    return people if any(same_person(one, person) for one in people) else (*people, person)


def _review(state: State, event: Event) -> Review | None:
    """Give our own published check as a publication, or a small correction, leaves it."""
    data, before = event.data or NO_DATA, state.review
    found: dict[str, Any] = {"rating": state.rating, "verdict": state.verdict, "explanation": state.explanation}
    where = {name: value for name in ("publisher", "url") if (value := getattr(data, name)) is not None}
    if event.action == "publish":
        found["as_of"] = event.at[:10]
    if before is not None:
        return before.replace(modified=event.at, **found, **where)
    return Review(id=event.id, published=event.at, **found, **where) if event.action == "publish" else None

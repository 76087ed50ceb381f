"""What must hold before a step, beyond the state: each guard gives the sentence that says why not, or None.

A guard's docstring is the rule as docs/workflow.md prints it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping

from claimtrack.models import Event, Evidence
from claimtrack.track.people import same_person
from claimtrack.track.state import NO_DATA, State

Documents = Mapping[str, Evidence]
Guard = Callable[[State, Event, Documents | None], str | None]
"""Takes the state before, the event, and the evidence cited by id, or None where that is not at hand."""


def has_evidence(state: State, event: Event, evidence: Documents | None) -> str | None:
    """There is evidence that bears on the claim, or a search that found nothing."""
    if any(link.stance != "irrelevant" for link in state.links):
        return None
    return "nothing is cited that bears on the claim; cite evidence, or a search that found nothing"


def has_words(state: State, event: Event, evidence: Documents | None) -> str | None:
    """The verdict comes with the reviewer's own words."""
    rating = (event.data or NO_DATA).rating
    if rating is not None and rating.label is not None:
        return None
    return "a verdict needs the reviewer's own words for it; give words"


def is_drafted(state: State, event: Event, evidence: Documents | None) -> str | None:
    """There is a verdict."""
    return None if state.verdict is not None else "there is no verdict yet; decide first"


def link_is_whole(state: State, event: Event, evidence: Documents | None) -> str | None:
    """It cites evidence with its stance, or a search with the stance nothing_found."""
    data = event.data or NO_DATA
    if (data.evidence is None) == (data.search is None):
        return "cite either evidence (by its id) or a search (what was looked for), one of them"
    if (data.search is not None) != (data.stance == "nothing_found"):
        return "the stance nothing_found goes with a search, and only with one"
    return None


def is_another_claim(state: State, event: Event, evidence: Documents | None) -> str | None:
    """The other claim is not this one."""
    if (event.data or NO_DATA).claim == state.id:
        return "the other claim is this one; give the id of another"
    return None


def approver_is_not_author(state: State, event: Event, evidence: Documents | None) -> str | None:
    """Who approves neither decided nor submitted it, where the store asks for two eyes or more."""
    eyes = (event.data or NO_DATA).eyes or 2
    if eyes > 1 and any(same_person(event.by, author) for author in state.authors):
        return (
            f"{event.by} decided or submitted this check, so somebody else must approve it "
            f"(the policy asks for {eyes} pairs of eyes)"
        )
    return None


def approves_once(state: State, event: Event, evidence: Documents | None) -> str | None:
    """Nobody approves the same check twice."""
    if any(same_person(event.by, one) for one in state.approvers):
        return f"{event.by} has approved it already; another person must"
    return None


def has_place(state: State, event: Event, evidence: Documents | None) -> str | None:
    """It is known where the check was published."""
    if (event.data or NO_DATA).url is None and (state.review is None or state.review.url is None):
        return "say where it is published; give url"
    return None


def is_archived(state: State, event: Event, evidence: Documents | None) -> str | None:
    """All evidence that bears on the claim has an archived copy, and there is some; or the waiver says why not."""
    if (event.data or NO_DATA).waiver is not None or evidence is None:
        return None
    cited = [link.evidence for link in state.links if link.evidence is not None and link.stance != "irrelevant"]
    if not cited:
        return "no evidence with an archived copy is cited, only searches; give waiver with the reason why not"
    without = list(dict.fromkeys(id for id in cited if not (id in evidence and has_copy(evidence[id]))))
    if not without:
        return None
    known = "and documents of it are not at hand" if not any(id in evidence for id in without) else "in the store"
    return (
        f"no archived copy of {', '.join(without)} {known}; capture it, give its archive_url, or give waiver with the "
        "reason why not"
    )


def has_copy(evidence: Evidence) -> bool:
    """Tell whether evidence has a copy that stays when its page goes: captured, or in a public archive."""
    return evidence.archive_url is not None or (evidence.sha256 is not None and evidence.copy_path is not None)


def keeps_verdict(state: State, event: Event, evidence: Documents | None) -> str | None:
    """It changes no verdict."""
    data = event.data or NO_DATA
    if data.verdict is not None and data.verdict != state.verdict:
        return f"a {data.correction} cannot change the verdict; correct it as an update or a correction"
    return None


def verdict_stands(state: State, event: Event, evidence: Documents | None) -> str | None:
    """The verdict is the published one."""
    published = state.review.verdict if state.review is not None else state.verdict
    if state.verdict == published:
        return None
    return f"the verdict is now {state.verdict}, and {published} is published; publish the correction instead"


def was_asked(state: State, event: Event, evidence: Documents | None) -> str | None:
    """Somebody was asked and has not answered."""
    return None if state.awaited else "nobody was asked and is still to answer; contact somebody first"


def deadline_has_passed(state: State, event: Event, evidence: Documents | None) -> str | None:
    """The person was asked, and the time to answer is over."""
    person = (event.data or NO_DATA).person or ""
    asked = next((one for one in state.awaited if same_person(one.person, person)), None)
    if asked is None:
        return f"{person or 'nobody'} was not asked, or has answered; contact them with the outcome asked first"
    if asked.due is None:
        return f"{person} was given no deadline; ask again with due"
    if not has_passed(asked.due, at=event.at):
        return f"{person} has until {asked.due} to answer"
    return None


def has_passed(due: str, *, at: str) -> bool:
    """Tell whether a day is over, or a time has come, at a moment; a day is over where the moment's clock says so.

    >>> has_passed("2025-03-04", at="2025-03-04T23:59:59+01:00")
    False
    """
    if len(due) == len("2025-03-04"):
        return at[:10] > due
    return instant(at) >= instant(due)


def instant(at: str) -> datetime.datetime:
    """Give an instant of a document as Python has it; a day means its first moment in UTC."""
    return datetime.datetime.fromisoformat(at if len(at) > len("2025-03-04") else f"{at}T00:00Z")

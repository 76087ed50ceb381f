"""How many sources a list of evidence really is: two reports of one release are one source."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.models.evidence import Evidence


def find_independent(evidence: Iterable[Evidence]) -> tuple[tuple[Evidence, ...], ...]:
    """Give the evidence in groups, one for each independent source, in the order in which they come.

    Evidence belongs together by `same_source_as`, also over a third that is not in the list, and by the same content.

    >>> release = Evidence(id="release", kind="primary")
    >>> report = Evidence(id="report", kind="secondary", same_source_as="release")
    >>> other = Evidence(id="register", kind="primary")
    >>> [[one.id for one in group] for group in find_independent((release, other, report))]
    [['release', 'report'], ['register']]
    """
    found = tuple(evidence)
    leader: dict[str, str] = {}

    def first(name: str) -> str:
        while leader.setdefault(name, name) != name:
            name = leader[name]
        return name

    for one in found:
        for other in (one.same_source_as, one.sha256 and f"content:{one.sha256}"):
            if other is not None:
                leader[first(other)] = first(one.id)
    groups: dict[str, list[Evidence]] = {}
    for one in found:
        groups.setdefault(first(one.id), []).append(one)
    return tuple(tuple(group) for group in groups.values())

"""Which speakers a filter asks for: by a name or part of it, a record and all its names, a body, a role, a country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from claimtrack.errors import FilterError, Finding
from claimtrack.store.home import Home
from claimtrack.store.registry.census import load_roll
from claimtrack.store.registry.forms import Words, country_names, has_title, name_key, stands_in, words_of
from claimtrack.store.registry.roll import Roll, day_of, names_of, role_key


@attrs.frozen(slots=True)
class SpeakerQuery:
    """Tells whether a claim, or one of its speakers, is asked for.

    Asked for are speakers in whose name or body the wanted words stand in a row, as whole words (a first name, a
    surname, "von der Leyen", "Emergencies Ministry"); those whose role they are ("Azerbaijani President"); for a
    country also those who have its name or adjective in name, body or role; and all names of the records that the
    wanted words are the id of, or stand in a name of.
    """

    wanted: str
    roll: Roll
    groups: frozenset[str]
    """The records asked for: the first id of each group."""
    countries: tuple[Words, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What is wrong with records, whose names are then not known."""
    _answers: dict[tuple[Any, ...], bool] = attrs.field(factory=dict, eq=False, repr=False)

    def matches(self, claim: Mapping[str, Any]) -> bool:
        """Tell whether a claim, as parsed JSON of the right shape, has such a speaker."""
        day = day_of(claim)
        return any(self.matches_speaker(speaker, day=day) for speaker in claim.get("speakers", ()))

    def matches_speaker(self, speaker: Mapping[str, Any], *, day: str | None) -> bool:
        """Tell whether a claim's speaker, as parsed JSON, is asked for; `day` is the claim's."""
        if self.groups and not self.groups.isdisjoint(self.roll.groups_of(speaker, day)):
            return True
        asked = (speaker.get("name"), speaker.get("on_behalf_of"), speaker.get("role"))
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._answers[asked] = self._reads(*asked)
        return answer

    def _reads(self, name: str | None, body: str | None, role: str | None) -> bool:
        wanted = words_of(self.wanted)
        written = [words_of(one) for one in (name, body) if one is not None]
        if any(stands_in(wanted, words) for words in written):
            return True
        if role is not None:
            if role_key(name_key(role)) == role_key(name_key(self.wanted)):
                return True
            written.append(words_of(role))
        return any(stands_in(country, words) for country in self.countries for words in written)


def find_speaker_query(home: Home, wanted: str) -> SpeakerQuery:
    """Give the query for a name, a part of one, a record's id, a body, a role or a country.

    Raises FilterError where there is no word in it.
    """
    words = words_of(wanted)
    if not words:
        shown = wanted if len(wanted) <= 60 else wanted[:57] + "..."
        raise FilterError(f"the speaker {shown!r} has no word in it; give a name or a surname")
    roll, findings = load_roll(home)
    key = name_key(wanted)
    groups = {
        roll.group_of(id)
        for id, record in roll.records.items()
        if id == wanted or any(_means(words, key, name) for name in names_of(record))
    }
    return SpeakerQuery(wanted, roll, frozenset(groups), country_names(wanted), findings)


def _means(words: Words, key: str, name: str) -> bool:
    # "Putin's spokesman" as a name of Peskov's is no name of Putin's.
    return name_key(name) == key or (not has_title(name) and stands_in(words, words_of(name)))

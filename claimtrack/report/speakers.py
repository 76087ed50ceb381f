"""Known speakers and their matches for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from claimtrack.models import SpeakerDecision, SpeakerRecord
from claimtrack.report.terminal import safe
from claimtrack.store.registry import HeldRole, KnownSpeaker, SpeakerMatch

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text as RichText

_SHOWN = 4


def speakers_table(speakers: Iterable[KnownSpeaker]) -> Table:
    """Give known speakers as a table: name, number of claims, kind, other names or roles, and the record."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("speaker", overflow="fold", min_width=12, max_width=32)
    table.add_column("claims", justify="right")
    table.add_column("kind", no_wrap=True)
    table.add_column("also", ratio=1, overflow="fold")
    table.add_column("record", overflow="fold", max_width=24)
    for one in speakers:
        also = [name for name in one.names if name != one.name] or [role.role for role in one.roles]
        more = f", and {len(also) - _SHOWN} more" if len(also) > _SHOWN else ""
        table.add_row(
            Text(safe(_short(one.name))),
            f"{one.claims}",
            Text(one.kind),
            Text(safe(", ".join(map(_short, also[:_SHOWN])) + more)),
            Text("\n".join(one.records)),
        )
    return table


def matches_table(matches: Iterable[SpeakerMatch]) -> Table:
    """Give suggestions as a table: the score, the two names with their numbers of claims, and why."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("score", no_wrap=True)
    table.add_column("one", overflow="fold", min_width=12, max_width=32)
    table.add_column("other", overflow="fold", min_width=12, max_width=32)
    table.add_column("why", ratio=1, overflow="fold")
    for match in matches:
        days = _days(match.since, match.until)
        table.add_row(
            Text(f"{match.score:.2f}", style="green" if match.is_sure else ""),
            *(
                Text(safe(f"{_short(name)} ({speaker.claims})"))
                for name, speaker in zip(match.names, (match.one, match.other), strict=True)
            ),
            Text(match.reason + (f" ({days})" if days else "")),
        )
    return table


def speaker_card(speaker: KnownSpeaker, records: Iterable[SpeakerRecord] = ()) -> RichText:
    """Give one known speaker with everything that the store knows: names, roles, and who decided what."""
    from rich.text import Text

    facts = [("kind", speaker.kind), ("claims", _claims(speaker))]
    facts += [("record", one) for one in speaker.records]
    facts += [("name", name) for name in speaker.names]
    facts += [("role", _role(role)) for role in speaker.roles]
    for record in records:
        facts += [("identifier", f"{one.scheme}: {one.value}") for one in record.identifiers]
        facts += [("same as", _decision(one)) for one in record.same_as]
        facts += [("not", _decision(one)) for one in record.not_same_as]
        facts += [("note", record.note)] if record.note else []
    card = Text(safe(speaker.name) + "\n", style="bold")
    for label, fact in facts:
        card.append(f"{label:<11} ", style="dim")
        card.append(safe(fact) + "\n", style="not bold")
    card.rstrip()
    return card


def _claims(speaker: KnownSpeaker) -> str:
    days = _days(speaker.first, speaker.last)
    return f"{speaker.claims}" + (f" ({days})" if days else "")


def _role(role: HeldRole) -> str:
    days = _days(role.since, role.until)
    told = "in the registry" if role.in_registry else "in claims"
    return f"{role.role} ({told}{', ' + days if days else ''})"


def _decision(decision: SpeakerDecision) -> str:
    days = _days(decision.since, decision.until)
    why = f": {decision.why}" if decision.why else ""
    about = decision.name if decision.speaker is None else decision.speaker
    return f"{about}{' (' + days + ')' if days else ''} – {decision.by}, {decision.at}{why}"


def _days(since: str | None, until: str | None) -> str:
    if since is not None and until is not None:
        return since if since == until else f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def _short(name: str) -> str:
    return name if len(name) <= 80 else name[:79] + "…"

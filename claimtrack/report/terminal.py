"""Tables for the terminal. What came from outside is shown as text: no markup, no control characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claimtrack.data import load_lexicon
from claimtrack.models import Article, Claim, ClaimFigure

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table
    from rich.text import Text as RichText

_KIND_STYLE = {"direct": "green", "mixed": "yellow", "indirect": "cyan", "narration": "dim"}
# Characters that reorder or hide text around them (Unicode bidirectional controls and isolates).
_REORDERING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def safe(text: str) -> str:
    """Give a text that a terminal only shows: control and reordering characters become visible code points.

    >>> safe("red \\x1b[31m text")
    'red \\\\u001b[31m text'
    """
    return "".join(
        f"\\u{ord(character):04x}"
        if character in _REORDERING or unicodedata.category(character) in ("Cc", "Cs")
        else character
        for character in text
    )


def claims_table(article: Article | None, claims: Sequence[Claim]) -> Table:
    """Give the claims as a table for people: speaker, statement, figures, kind, and where each stands."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    title = safe(article.title) if article is not None and article.title else None
    table = Table(title=Text(title) if title else None, title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("speaker", min_width=12, max_width=20, overflow="fold")
    table.add_column("statement", ratio=1, min_width=24, overflow="fold")
    table.add_column("figures", min_width=8, max_width=16, overflow="fold")
    table.add_column("kind", no_wrap=True)
    table.add_column("where", no_wrap=True, justify="right")
    for claim in claims:
        table.add_row(
            Text(speakers_line(claim)),
            Text(_marked(claim)),
            Text("\n".join(figure_line(figure) for figure in claim.figures)),
            Text(claim.kind, style=_KIND_STYLE[claim.kind]),
            Text(_where(claim)),
        )
    return table


def speakers_line(claim: Claim) -> str:
    """Give the speakers of a claim as people write them: name, else role, and a mark where it is the outlet."""
    names = []
    for speaker in claim.speakers:
        if speaker.kind == "publisher":
            names.append(f"{speaker.name} (outlet)" if speaker.name else "the outlet")
        else:
            names.append(speaker.name or speaker.role or "unknown")
    return safe("; ".join(names)) or "–"


def figure_line(figure: ClaimFigure) -> str:
    """Give a figure in one short line: `about 1200 people`, `3.5 million` as `USD 3500000`.

    >>> from claimtrack.models import Anchor
    >>> figure_line(ClaimFigure(anchor=Anchor(start=0, end=2, exact="62"), kind="count", value=62, what="passengers"))
    '62 passengers'
    """
    number = _number(figure.value) if figure.value is not None else f"{_number(figure.low)}–{_number(figure.high)}"
    hedge = {"exact": "", "range": ""}.get(figure.modifier, figure.modifier.replace("_", " ") + " ")
    if figure.kind == "ordinal":
        return safe(figure.anchor.exact)
    if figure.kind == "percent":
        number += "%"
    elif figure.kind == "money" and figure.unit:
        number = f"{figure.unit} {number}"
    elif figure.unit:
        number += f" {figure.unit}"
        if figure.kind in ("duration", "age") and figure.value != 1:
            number = number.removesuffix("y") + "ies" if figure.unit == "century" else number + "s"
    return safe(f"{hedge}{number}{' ' + figure.what if figure.what else ''}")


def _number(number: object) -> str:
    return f"{number:,f}" if hasattr(number, "adjusted") else str(number)


def _marked(claim: Claim) -> str:
    """Give the statement, in quotation marks where it is wholly quoted, with the verb that makes it no assertion."""
    statement = f"“{claim.statement}”" if claim.kind == "direct" else claim.statement
    cue = claim.attribution.cue if claim.attribution is not None else None
    verb = " ".join(cue.exact.split()) if cue is not None else claim.speech_act
    if claim.speech_act == "asserted" and not statement.startswith("to ") and not _is_negated(verb):
        return safe(statement)
    # `[thanked] Putin for ...`: without its verb a denial would read like an assertion, and thanks like nonsense.
    neutral = claim.speech_act != "asserted" and verb.lower() in ("said", "says", "added", "adding", "told")
    return safe(f"[{claim.speech_act if neutral else verb}] {statement}")


def _is_negated(verb: str) -> bool:
    """Tell whether a verb says that nothing was said: `did not say`, `declined to comment`."""
    negations = load_lexicon("speakers")["negations"]
    return any(word in negations or word.endswith(("n't", "n’t")) for word in verb.lower().split())


def speaker_notes(claim: Claim) -> str:
    """Give what is known of the first speaker beside the name: role, body, who passed it on, how sure the name is."""
    notes = []
    if (one := claim.speaker) is not None and one.name and one.kind != "publisher":
        notes += [one.role] if one.role else []
        notes += [f"for {one.on_behalf_of}"] if one.on_behalf_of else []
        notes += [f"{one.confidence:.2f} sure"] if one.confidence is not None else []
    via = claim.attribution.via if claim.attribution is not None else None
    notes += [f"passed on by {via.name or via.role or via.kind}"] if via is not None else []
    return safe(f" ({', '.join(notes)})") if notes else ""


def _where(claim: Claim) -> str:
    if claim.attribution is None:
        return ""
    return f"{claim.attribution.content[0].start}–{claim.attribution.content[-1].end}"


def listing_table(claims: Iterable[Claim]) -> Table:
    """Give stored claims as a table: id, speaker, statement, and where the work stands with the verdict."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("claim", no_wrap=True)
    table.add_column("speaker", overflow="fold", min_width=10, max_width=20)
    table.add_column("statement", ratio=1, min_width=20, overflow="fold")
    table.add_column("state", max_width=20)
    for claim in claims:
        state = claim.workflow if claim.verdict is None else f"{claim.workflow}: {claim.verdict}"
        table.add_row(Text(claim.id), Text(speakers_line(claim)), Text(_marked(claim)), state)
    return table


def claim_card(claim: Claim) -> Group:
    """Give one claim with everything a reader wants to see first."""
    from rich.console import Group
    from rich.text import Text

    lines: list[RenderableType] = [Text(_marked(claim), style="bold")]
    facts = [("id", claim.id), ("speaker", speakers_line(claim))]
    roles = "; ".join(speaker.role for speaker in claim.speakers if speaker.role and speaker.name)
    facts += [("role", safe(roles))] if roles else []
    bodies = "; ".join(speaker.on_behalf_of for speaker in claim.speakers if speaker.on_behalf_of)
    facts += [("speaks for", safe(bodies))] if bodies else []
    via = claim.attribution.via if claim.attribution is not None else None
    facts += [("passed on by", safe(via.name or via.role or via.kind))] if via is not None else []
    facts += [("kind", claim.kind), ("workflow", claim.workflow), ("verdict", claim.verdict or "none yet")]
    facts += [("publication", claim.publication)]
    facts += [("figure", figure_line(figure)) for figure in claim.figures]
    facts += [("date", safe(date.anchor.exact)) for date in claim.dates]
    if claim.attribution is not None:
        first, last = claim.attribution.content[0], claim.attribution.content[-1]
        context = f"{first.prefix}⟦{first.exact}⟧{last.suffix if first == last else ''}"
        facts += [("where", _where(claim)), ("in the text", safe(" ".join(context.split())))]
    facts += [
        ("evidence", safe(f"{link.stance}: {link.evidence or link.search}{' – ' + link.note if link.note else ''}"))
        for link in claim.evidence
    ]
    lines += [Text.assemble((f"{name:13}", "dim"), value) for name, value in facts]
    return Group(*lines)


_SIGNS = {"source": ("[", "]"), "cue": ("{", "}"), "content": ("⟦", "⟧")}
_STYLES = {"source": "bold magenta", "cue": "yellow", "content": "green"}


def explained_claims(article: Article, claims: Sequence[Claim]) -> Group:
    """Give each claim in its place of the text, with [source], {cue} and ⟦content⟧ marked, and who found it."""
    from rich.console import Group
    from rich.text import Text

    lines: list[RenderableType] = []
    for claim in claims:
        found = claim.attribution
        if found is None:
            continue
        sure = f", confidence {found.confidence:.2f}" if found.confidence is not None else ""
        by = f" by {found.tagger}" if found.tagger else ""
        lines.append(
            Text(f"{claim.kind}, {found.stage}{by}{sure}: {speakers_line(claim)}{speaker_notes(claim)}", style="dim")
        )
        lines.append(_with_marks(article.text, claim))
        lines.append(Text(""))
    return Group(*lines)


def _with_marks(text: str, claim: Claim) -> RichText:
    """Give the stretch of text around a claim with its parts marked."""
    from rich.text import Text

    found = claim.attribution
    assert found is not None
    parts = [(one, "content") for one in found.content]
    parts += [(found.source, "source")] if found.source else []
    parts += [(found.cue, "cue")] if found.cue else []
    parts.sort(key=lambda part: part[0].start)
    shown, at = Text(), parts[0][0].start
    for anchor, name in parts:
        if anchor.start < at:
            continue  # inside a part that is shown
        between = " ".join(text[at : anchor.start].split(" "))
        shown.append(safe(" … " if len(between) > 200 else between.replace("\n", " ")))
        opening, closing = _SIGNS[name]
        shown.append(safe(f"{opening}{' '.join(anchor.exact.split())}{closing}"), style=_STYLES[name])
        at = anchor.end
    return shown

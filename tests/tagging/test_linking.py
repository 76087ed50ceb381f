"""Marks that belong together become one attribution."""

from __future__ import annotations

import re

import pytest

from claimtrack.extract.tagging.decoding import Mark
from claimtrack.extract.tagging.linking import link_marks
from claimtrack.extract.tagging.tokens import find_tokens
from claimtrack.text import Span, Text

KINDS = {"S": 0, "U": 1, "C": 2}

CASES = {
    "a quotation broken by its cue": (
        "[C “We lost,”] [S the coach] [U said]. [C “We will be back.”]",
        ["the coach | said | “We lost,” + “We will be back.”"],
    ),
    "one source with two cues": (
        "[S Putin] [U said] [C that talks went well], [U adding] [C that trade grows].",
        ["Putin | said | that talks went well", "Putin | adding | that trade grows"],
    ),
    "each sentence its own": (
        "[S Police] [U said] [C two died]. [S The mayor] [U denied] [C any delay].",
        ["Police | said | two died", "The mayor | denied | any delay"],
    ),
    "a that-clause follows its cue": (
        "[S She] [U told] the panel [C that costs rose], [U noting] [C a gap].",
        ["She | told | that costs rose", "She | noting | a gap"],
    ),
    "a quotation that runs over paragraphs": (
        "[S She] [U said]: [C “The plan is old.\n\n][C “It will fail.”]\n\n[S He] [U agreed] [C that it would].",
        ["She | said | “The plan is old. + “It will fail.”", "He | agreed | that it would"],
    ),
    "a quotation with no cue goes with the one before": (
        "[C “It is safe,”] [S Silva] [U said].\n\n[C “It opens in May.”]",
        ["Silva | said | “It is safe,” + “It opens in May.”"],
    ),
    "no cue: the nearest source": (
        "[S The ministry]: [C no survivors].",
        ["The ministry | - | no survivors"],
    ),
    "a source in another sentence is not the cue's": (
        "[S Silva] spoke. It [U was announced] [C that taxes rise].",
        ["- | was announced | that taxes rise"],
    ),
    "who is asked is no source": (
        "[S Silva] [U was asked] [C whether taxes rise].",
        ["- | was asked | whether taxes rise"],
    ),
    "who asks is": (
        "Silva [U was asked] by [S a reporter] [C whether taxes rise].",
        ["a reporter | was asked | whether taxes rise"],
    ),
    "who asks in the active voice is the source": (
        "[S Silva] [U asked] the panel [C whether taxes rise].",
        ["Silva | asked | whether taxes rise"],
    ),
    "what nobody quotes has its cue in its own sentence": (
        "[C the old plan]. [S Lind] [U said] [C that taxes rise].",
        ["Lind | said | that taxes rise"],
    ),
    "a quotation after a full stop without a space waits for its cue": (
        "[S Lind] [U asked] [C for help].[C ''We are late,''] [S Silva] [U said].",
        ["Lind | asked | for help", "Silva | said | ''We are late,''"],
    ),
    "copy without spaces: a quotation behind what is not quoted has a cue of its own": (
        "[S Lind] [U said] [C it was late].[C “Are we ready? Nobody is!”][S Silva] [U asked].",
        ["Lind | said | it was late", "Silva | asked | “Are we ready? Nobody is!”"],
    ),
    "what joins a content to the next clause is no part of it": (
        "[S She] [U said] [C that taxes rise, and] [U noted] [C that rents fall].",
        ["She | said | that taxes rise", "She | noted | that rents fall"],
    ),
    "a cue without content is dropped": ("[S Silva] [U spoke].", []),
}


def parse(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    text, spans, at = "", [], 0
    for match in re.finditer(r"\[(\w) ?([^\]]*)\]", marked):
        text += marked[at : match.start()]
        spans.append((match[1], len(text), len(text) + len(match[2].rstrip())))
        text += match[2]
        at = match.end()
    return text + marked[at:], spans


@pytest.mark.parametrize(("marked", "expected"), CASES.values(), ids=CASES)
def test_marks_are_linked(marked: str, expected: list[str]) -> None:
    string, spans = parse(marked)
    text = Text(string)
    tokens = find_tokens(text)
    marks = []
    for kind, start, end in spans:
        inside = [i for i in range(len(tokens)) if tokens.starts[i] >= start and tokens.ends[i] <= end]
        marks.append(Mark(KINDS[kind], inside[0], inside[-1] + 1, Span(start, end), -0.1, -0.2))
    shown = [
        " | ".join(
            " + ".join(one.span.of(string) for one in part) or "-"
            for part in ([link.source] if link.source else [], [link.cue] if link.cue else [], link.content)
        )
        for link in link_marks(text, tokens, marks)
    ]
    assert shown == expected

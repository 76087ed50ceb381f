"""Paragraphs and sentences, also in copy that has lost its spaces ("crash.Putin reminded").

Rules with a lexicon of abbreviations, after Grefenstette and Tapanainen, "What is a word, what is a sentence?"
(1994). One pass over the text, linear in its length.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator

from claimtrack.data import load_lexicon
from claimtrack.text.span import Span

MAX_SENTENCE = 4000
"""A sentence longer than this many code points is cut at a space: no reader meant it as one."""

_CLOSERS = "\"'”’»›)\\]」』"
_OPENERS = "\"'“‘„«‹(\\[「『"
_END = re.compile(rf"(?:[.!?…]+|[。！？])[{_CLOSERS}]*")
_WORD_BEFORE = re.compile(r"[^\W_](?:[\w'’-]|\.(?=\w))*\Z")
_NEXT = re.compile(rf"(\s*)([{_OPENERS}]*)([^\W_]?)([\w'’-]*)")
_LINE_BREAK = re.compile(r"\r\n?|[\n\u2028\u2029\v\f\x85]")
_BREAKS = re.compile(rf"(?:{_LINE_BREAK.pattern})(?:[ \t\xa0]*(?:{_LINE_BREAK.pattern}))*")
_URL_CHARS = frozenset("/@\\#=&%~")


def find_paragraphs(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Give the paragraphs of a text, without the white space around them.

    A blank line always ends a paragraph. A single line break does too, unless the lines are wrapped: the line
    is long, ends without a full stop, and the next goes on in small letters.

    >>> [p.of("Title\\n\\nFirst.\\nSecond.") for p in find_paragraphs("Title\\n\\nFirst.\\nSecond.")]
    ['Title', 'First.', 'Second.']
    """
    area = within or Span(0, len(text))
    lines = _lines(text, area)
    wrapped = _is_wrapped(text, lines)
    found: list[Span] = []
    for line, blank_before in lines:
        if found and not blank_before and _goes_on(text, found[-1], line, wrapped):
            found[-1] = Span(found[-1].start, line.end)
        else:
            found.append(line)
    return tuple(found)


def _lines(text: str, area: Span) -> list[tuple[Span, bool]]:
    """Give the lines that are not blank, each with whether a blank line stands before it."""
    found: list[tuple[Span, bool]] = []
    start, blank = area.start, False
    for match in _BREAKS.finditer(text, area.start, area.end):
        line = _stripped(text, start, match.start())
        if line:
            found.append((line, blank))
        blank = sum(1 for _ in _LINE_BREAK.finditer(match.group())) > 1
        start = match.end()
    line = _stripped(text, start, area.end)
    if line:
        found.append((line, blank))
    return found


def _stripped(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    inner = piece.strip()
    if not inner:
        return None
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(inner))


def _is_wrapped(text: str, lines: list[tuple[Span, bool]]) -> bool:
    """Tell whether line breaks seem to be typesetting: most of them stand inside a sentence."""
    pairs = [(before, after) for (before, _), (after, blank) in itertools.pairwise(lines) if not blank]
    inside = sum(1 for before, after in pairs if _inside_sentence(text, before, after))
    return inside * 2 > len(pairs)


def _inside_sentence(text: str, before: Span, after: Span) -> bool:
    return len(before) >= 40 and text[before.end - 1] not in ".!?…:" + '"”’»)' and text[after.start].islower()


def _goes_on(text: str, before: Span, after: Span, wrapped: bool) -> bool:
    if _inside_sentence(text, before, after):
        return True
    return wrapped and text[before.end - 1] not in ".!?…:" and not text[before.end - 1].isspace()


def find_sentences(text: str, within: Span | None = None) -> tuple[Span, ...]:
    """Give the sentences of a text, without the white space around them.

    Full stops in abbreviations, initials, numbers, clock times and addresses do not end a sentence; a full stop
    with no space after it does when a new sentence plainly starts. Closing quotation marks belong to the
    sentence that they close.

    >>> text = 'The U.S. envoy spoke to Dr. Silva at 5:40 a.m. of the crash.Rescuers found No. 3 engine.'
    >>> [s.of(text) for s in find_sentences(text)]
    ['The U.S. envoy spoke to Dr. Silva at 5:40 a.m. of the crash.', 'Rescuers found No. 3 engine.']
    """
    return tuple(sentence for paragraph in find_paragraphs(text, within) for sentence in _sentences_of(text, paragraph))


def _sentences_of(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        if match.end() == paragraph.end:
            break
        end = _boundary(text, match, paragraph)
        if end is not None:
            yield from _cut(text, start, end)
            start = end
    yield from _cut(text, start, paragraph.end)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Give the stretch as one sentence, or as several where it is too long to be one."""
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        stop = space if space > 0 else start + MAX_SENTENCE
        piece = _stripped(text, start, stop)
        if piece:
            yield piece
        start = stop
    piece = _stripped(text, start, end)
    if piece:
        yield piece


def _boundary(text: str, match: re.Match[str], paragraph: Span) -> int | None:
    """Give where the sentence ends that this punctuation may end, or None where it goes on."""
    mark, end = match.group(), match.end()
    after = _NEXT.match(text, end, min(paragraph.end, end + 60))
    assert after is not None
    space, opener, first, rest = after.groups()
    if mark[0] in "。！？":
        return end
    if not space:
        return _glued_boundary(text, match, paragraph, opener, first, rest)
    if not first or first.islower():
        # Small letters go on with the sentence ("Why?" he asked), and so do dashes and commas.
        return end if opener and not first else None
    if mark[0] != "." or len(mark.rstrip(_CLOSERS.replace("\\", ""))) > 1 or mark[-1] != ".":
        return end
    word = _word_before(text, match.start(), paragraph.start)
    following = (first + rest).lower()
    return None if _is_abbreviation(word, first, following) else end


def _glued_boundary(text: str, match: re.Match[str], paragraph: Span, opener: str, first: str, rest: str) -> int | None:
    """Decide where no space follows: `crash.Putin`, `cars."Our`, `190.There`, but not `U.S.A` or `site.Com/x`."""
    mark, end = match.group(), match.end()
    stop = match.start()
    word = _word_before(text, stop, paragraph.start)
    before = text[stop - 1] if stop > paragraph.start else ""
    if not first or not first.isupper() or not (before.isalnum() or before in _CLOSERS):
        return None
    if not rest and text.startswith(".", end + len(opener) + 1):
        return None  # the middle of "Ph.D."
    floor = max(paragraph.start, stop - 100)
    chunk_start = max(text.rfind(" ", floor, stop) + 1, text.rfind("\n", floor, stop) + 1, floor)
    chunk = text[chunk_start : end + len(rest) + 2]
    if _URL_CHARS & set(chunk) or chunk.lower().startswith("www."):
        return None
    straight = len(mark) - len(mark.rstrip("\"'"))
    if straight and not _closes(text, paragraph, stop, mark[-1]):
        end -= straight  # in `said."Our` the mark opens the next sentence
    if before.isdigit():
        return end if not rest[:1].isdigit() and len(first + rest) > 1 else None
    lowered = word.lower()
    if lowered in _abbreviations("clock"):
        return end
    if len(word) < 2 or lowered in _abbreviations("never_end") or "." in word:
        return end if _is_starter((first + rest).lower()) and "." in word else None
    return end


def _closes(text: str, paragraph: Span, stop: int, mark: str) -> bool:
    """Tell whether a straight mark after a full stop closes: an odd number of its kind stands before it nearby."""
    return text.count(mark, max(paragraph.start, stop - MAX_SENTENCE), stop) % 2 == 1


def _word_before(text: str, stop: int, floor: int) -> str:
    match = _WORD_BEFORE.search(text, max(floor, stop - 30), stop)
    return match.group() if match else ""


def _is_abbreviation(word: str, first: str, following: str) -> bool:
    lowered = word.lower()
    if lowered in _abbreviations("never_end"):
        return True
    if lowered in _abbreviations("before_number"):
        return first.isdigit()
    if lowered in _abbreviations("clock"):
        return following in _abbreviations("after_clock")
    if lowered in _abbreviations("may_end") or "." in word:
        return not _is_starter(following)
    return len(word) == 1 and word.isupper() and word != "I" and first.isupper()


def _is_starter(word: str) -> bool:
    return word in _abbreviations("starters")


@functools.cache
def _abbreviations(kind: str) -> frozenset[str]:
    return frozenset(load_lexicon("abbreviations")[kind])

"""The rule tagger: reporting verbs, quotation marks and the order of words say who said what.

For each sentence (or run of sentences inside one quotation) the cues outside quotation marks are taken from left
to right, and each is tried in the frames that English news uses:

- inverted   "...", said Putin          - postposed  ..., Putin said on Monday
- forward    Putin said (that) ...      - according  ..., according to the ministry
- joined     ..., adding that ...       - alone      a quotation with no cue of its own

The frames follow the syntactic patterns of Krestel, Bergler and Witte, "Minding the Source" (LREC 2008), and of
O'Keefe et al., "A Sequence Labelling Approach to Quote Attribution" (EMNLP 2012).
"""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.extract.noun_phrases import (
    Phrase,
    is_adverb,
    is_day,
    is_name,
    is_word,
    phrase_after,
    phrase_before,
    word_class,
)
from claimtrack.extract.rules.clauses import Stretch, content_after, skip_time, stretches_of
from claimtrack.extract.rules.cues import CueAt
from claimtrack.extract.rules.headlines import tag_headline
from claimtrack.extract.rules.verbs import find_reporting_verbs, verb_group
from claimtrack.extract.values import Attribution, make_attribution
from claimtrack.text import Span, Text


def tag_by_rules(text: Text) -> tuple[Attribution, ...]:
    """Give the attributions that the rules find, in the order of the text.

    >>> from claimtrack.text import Text
    >>> [one.stage for one in tag_by_rules(Text("“We won,” said Ann Silva."))]
    ['inverted']
    """
    found: list[Attribution] = []
    more: dict[int, list[Span]] = {}
    before: _Reader | None = None
    for stretch in stretches_of(text):
        headline = tag_headline(text) if stretch.span == text.title else None
        if headline is not None:
            found.append(headline)
            continue
        before = _Reader(text, stretch, before, found, more)
        found += before.read()
    for number, pieces in more.items():
        one = found[number]
        found[number] = make_attribution(text, one.source, one.cue, (*one.content, *pieces), one.stage)
    return tuple(found)


class _Reader:
    """Reads one stretch from left to right, in the light of the one before it.

    `earlier` holds the attributions found so far; `more`, by their number, the pieces that go on in a later stretch.
    """

    def __init__(
        self,
        text: Text,
        stretch: Stretch,
        before: _Reader | None,
        earlier: list[Attribution],
        more: dict[int, list[Span]],
    ) -> None:
        self.text = text
        self.words = text.words
        self.stretch = stretch
        self.earlier = earlier
        self.more = more
        self.lead_in = before.open_cue if before is not None else None
        self.goes_on = before is not None and before.stretch.runs_on and bool(earlier)
        same_paragraph = before is not None and before.stretch.paragraph == stretch.paragraph
        self.said_before = earlier[-1] if earlier and (same_paragraph or self.goes_on) else None
        self.cues = find_reporting_verbs(self.words, stretch)
        self.free = stretch.first
        self.found: list[Attribution] = []
        self.open_cue: tuple[Span | None, Span] | None = None

    def read(self) -> list[Attribution]:
        """Give the attributions of the stretch."""
        self._read_according()
        for number, cue in enumerate(self.cues):
            if cue.first < self.free or self._inside_found(cue):
                continue
            later = self.cues[number + 1 :]
            if later and self._is_aside(cue, later[0]):
                continue
            if not self._inverted(cue) and not self._postposed(cue, later):
                self._forward(cue, later)
        self._lone_quotations()
        self.found.sort(key=lambda one: one.content[0])
        return self.found

    def _is_aside(self, cue: CueAt, following: CueAt) -> bool:
        """Tell whether a cue stands in the apposition of the next cue's source: `a nurse, who asked ..., said`."""
        own_group = verb_group(self.words, self.stretch, cue)
        if self.words.lower[max(0, own_group - 1)] not in ("who", "which"):
            return False
        group = verb_group(self.words, self.stretch, following)
        source = phrase_before(self.words, group - 1, self.free)
        return source is not None and self.words.texts[group - 1] == "," and source[0] < cue.first <= source[1]

    def _inside_found(self, cue: CueAt) -> bool:
        start = self.words.starts[cue.first]
        return any(piece.start <= start < piece.end for one in self.found for piece in one.content)

    # --- the frames -------------------------------------------------------------------------------------------

    def _read_according(self) -> None:
        """`..., according to the ministry` and `According to the ministry, ...`."""
        words, stretch = self.words, self.stretch
        for index in range(stretch.first, stretch.stop - 2):
            if words.lower[index : index + 2] != ("according", "to") or stretch.in_quotation(index):
                continue
            source = phrase_after(words, index + 2, stretch.stop, apposition=index > stretch.first + 1)
            if source is None or index < self.free:
                continue
            after = source[1] + 1
            if index <= stretch.first + 1:
                if after < stretch.stop and words.texts[after] not in ",:":
                    source, after = self._up_to_comma(source)
                if after < stretch.stop and words.texts[after] in ",:":
                    self._emit("according", source, (index, index + 1), after + 1, stretch.stop - 1)
                continue
            aside = after < stretch.stop - 1 and words.texts[index - 1] == "," == words.texts[after]
            if aside and self.cues:
                continue  # "Russia, according to the agreements, provides ..., Putin said"
            kept = self._emit("according", source, (index, index + 1), self.free, index - 1)
            self.free = after
            if kept and aside:
                self._rest(after, ())

    def _up_to_comma(self, source: Phrase) -> tuple[Phrase, int]:
        """Lengthen `a study` of "According to a study by two economists, ..." to its comma, and give the comma."""
        for index in range(source[1] + 1, min(self.stretch.stop, source[1] + 16)):
            if self.words.texts[index] in ",:" and not self.stretch.in_quotation(index):
                return (source[0], index - 1), index
        return source, source[1] + 1

    def _inverted(self, at: CueAt) -> bool:
        """`"...", said Putin`."""
        words, stretch = self.words, self.stretch
        group = verb_group(words, stretch, at)
        if "quote" not in at.cue.frames or at.cue.form not in ("past", "s") or not self._closes_content(group - 1):
            return False
        source = phrase_after(words, at.last + 1, stretch.stop)
        if source is None or group - 1 <= self.free or not self._is_subject(source):
            return False
        quoted = stretch.ends_quotation(group - 1) or stretch.ends_quotation(group - 2)
        if not quoted and (at.cue.frames == {"quote"} or not self._closes_sentence(source)):
            return False
        if self._emit("inverted", source, (group, at.last), self.free, group - 1):
            self._second_piece(source[1] + 1)
        return True

    def _closes_sentence(self, source: Phrase) -> bool:
        """Tell whether an inverted subject is a name with nothing behind it: not `..., said he would go`."""
        after = source[1] + 1
        if not is_name(self.words, source[0]) or self.words.lower[source[0]] in word_class("pronouns"):
            return False
        return after >= self.stretch.stop or self.words.texts[after] in ".,;" or is_day(self.words, after)

    def _is_subject(self, source: Phrase) -> bool:
        """A name, a pronoun or a phrase with a determiner or title; not the object of a verb."""
        low = self.words.lower
        if low[source[0]] in word_class("pronouns"):
            return low[source[0]] in ("he", "she", "they", "it", "i", "we", "one", "many", "some")
        return is_name(self.words, source[0]) or low[source[0]] in word_class("determiners") or source[1] > source[0]

    def _closes_content(self, index: int) -> bool:
        """Tell whether the word before a source or inverted verb ends a content: a comma or a quotation's end."""
        if index < self.stretch.first:
            return False
        return self.words.texts[index] in (",", "—", "–") or self.stretch.ends_quotation(index)

    def _postposed(self, at: CueAt, later: Sequence[CueAt]) -> bool:
        """`..., Putin said on Monday`."""
        words, stretch = self.words, self.stretch
        if not at.cue.frames & {"quote", "addressee"} or at.cue.form == "ing":
            return False
        group = verb_group(words, stretch, at)
        source = phrase_before(words, group - 1, self.free)
        if source is None or not self._closes_content(source[0] - 1) or source[0] - 1 <= self.free:
            return False
        quoted = stretch.ends_quotation(source[0] - 1) or stretch.ends_quotation(source[0] - 2)
        if not quoted and (at.cue.frames == {"quote"} or not self._ends_here(at, source)):
            return False
        if quoted and stretch.starts_quotation(at.last + 1) and not stretch.is_speech_before(source[0] - 1):
            return False
        if self._emit("postposed", source, (group, at.last), self.free, source[0] - 1):
            if quoted:
                self._second_piece(at.last + 1)
            else:
                self._rest(at.last + 1, later)
        return True

    def _ends_here(self, at: CueAt, source: Phrase) -> bool:
        """Tell whether an unquoted statement stands before the cue, and not after it."""
        words, stretch = self.words, self.stretch
        after = at.last + 1
        length = source[0] - 1 - self.free
        opening = words.lower[self.free]
        adjunct = (opening in word_class("prepositions") or opening in word_class("subordinators")) and opening not in (
            "but", "and", "there", "that")  # fmt: skip
        if after >= stretch.stop or words.texts[after] in ".!?;—–":
            return True
        if words.texts[after] == ",":
            return length >= 2
        forward = content_after(words, stretch, at)
        if forward is not None and forward.sure:
            return False
        if (adjunct and length <= 6) or length < 3:
            return False
        word = words.lower[after]
        if "addressee" in at.cue.frames:
            recipient = phrase_after(words, after, stretch.stop, apposition=False)
            end = recipient[1] + 1 if recipient else after
            return end >= stretch.stop or words.texts[end] in ".,;" or is_day(words, end)
        return word in word_class("prepositions") or is_day(words, after) or is_adverb(words, after)

    def _forward(self, at: CueAt, later: Sequence[CueAt]) -> bool:
        """`Putin said (that) ...`, and `..., adding that ...` with the source of the cue before."""
        words, stretch = self.words, self.stretch
        group = verb_group(words, stretch, at)
        target = content_after(words, stretch, at)
        joined = at.cue.form == "ing" or self._is_coordinated(group)
        source = None if joined else phrase_before(words, group - 1, self.free)
        span = words.span(*source) if source else None
        if joined:
            span = self._source_before(group)
        if span is None or target is None:
            if span is not None and words.texts[min(at.last + 1, stretch.stop - 1)] == ":":
                self.open_cue = (span, words.span(group, at.last))
            return False
        end = self._content_end(target.first, later)
        if end < target.first:
            return False
        self._emit("joined" if joined else "forward", span, (group, at.last), target.first, end)
        if words.texts[stretch.stop - 1] == ":":
            self.open_cue = (span, words.span(group, at.last))
        return True

    def _is_coordinated(self, group: int) -> bool:
        """`said the deal was done and added that ...`: the verb shares the subject of the one before."""
        before = self.words.lower[group - 1] if group > self.stretch.first else ""
        return before in ("and", "but") and bool(self.found)

    def _source_before(self, group: int) -> Span | None:
        """Give the source that a joined cue shares: the one last named here, else the sentence's subject."""
        for one in reversed(self.found):
            if one.source is not None:
                return one.source
        subject = self._opening_phrase(group)
        return self.words.span(*subject) if subject and subject[1] < group - 1 else None

    def _opening_phrase(self, stop: int) -> Phrase | None:
        """Give the noun phrase that opens the stretch; the "Speaking" of `Speaking in Dessa, ...` is none."""
        phrase = phrase_after(self.words, self.stretch.first, stop)
        if phrase is None or (phrase[0] == phrase[1] and self.words.lower[phrase[0]].endswith("ing")):
            return None
        return phrase

    def _content_end(self, first: int, later: Sequence[CueAt]) -> int:
        """Give the last word of a content that starts at `first`: the stretch's end, or where another cue cuts."""
        words, stretch = self.words, self.stretch
        for at in later:
            if at.first <= first or stretch.in_quotation(at.first):
                continue
            group = verb_group(words, stretch, at)
            before = words.lower[group - 1]
            if at.cue.form == "ing" and before == ",":
                return group - 2
            if before in ("and", "but") and at.cue.form in ("past", "s") and "clause" in at.cue.frames:
                target = content_after(words, stretch, at)
                if target is not None and target.sure:
                    return group - 2 - (words.texts[group - 2] == ",")
            source = phrase_before(words, group - 1, first)
            if source is not None and source[0] - 2 > first:
                joint = words.texts[source[0] - 1]
                comma = words.texts[source[0] - 2] == ","
                if joint == ";" or (joint.lower() in ("and", "but", "while") and comma):
                    return source[0] - 2 - comma * (joint != ";")
        return stretch.stop - 1

    def _second_piece(self, index: int) -> None:
        """Join the rest of a quotation that its cue broke: `"We won," he said, "and they lost."`."""
        stretch = self.stretch
        first = self.found[-1]
        if first.kind == "indirect":
            return
        for quotation in stretch.quotations:
            if quotation.first <= index:
                continue
            between = quotation.first - index
            if between > 14 or any(index <= cue.first < quotation.first for cue in self.cues):
                return
            piece = self.words.span(quotation.first, quotation.last)
            self.found[-1] = make_attribution(self.text, first.source, first.cue, (*first.content, piece), first.stage)
            index = quotation.last + 1
            self.free = index

    def _rest(self, index: int, later: Sequence[CueAt]) -> None:
        """Join the rest of a statement that its cue broke: `A draft, it noted, had been ready.`"""
        words, stretch = self.words, self.stretch
        index = skip_time(words, index, stretch.stop)
        if index + 2 >= stretch.stop or words.texts[index] != "," or any(at.first == index + 1 for at in later[:1]):
            return
        first, last = _trim(self, index + 1, self._content_end(index + 1, later))
        if last <= first:
            return
        one = self.found[-1]
        content = (*one.content, words.span(first, last))
        self.found[-1] = make_attribution(self.text, one.source, one.cue, content, one.stage)
        self.free = max(self.free, last + 1)

    def _lone_quotations(self) -> None:
        """Give every quotation that no cue has claimed to the speaker before it, or to nobody: none is dropped."""
        words, stretch = self.words, self.stretch
        length = stretch.stop - stretch.first
        for quotation in stretch.quotations:
            span = words.span(quotation.first, quotation.last)
            if not quotation.is_speech or any(p.overlaps(span) for one in self.found for p in one.content):
                continue
            inside = quotation.last - quotation.first + 1
            previous = self.found[-1] if self.found else self.said_before
            if self.goes_on and quotation.first == stretch.first:
                self._lengthen(span)
            elif self.lead_in is not None:
                self._keep(*self.lead_in, (span,), "lead-in")
            elif length - inside > 2:
                if inside >= 8:  # shorter ones are titles and single words
                    self._keep(self._subject_before(quotation.first, previous), None, (span,), "alone")
            elif previous is not None and previous.kind == "direct" and not self.found:
                self._lengthen(span)  # `"A," he said. "B."` in one paragraph is one statement
            elif previous is not None:
                self._keep(previous.source, None, (span,), "continued")
            else:
                self._keep(None, None, (span,), "alone")

    def _keep(self, source: Span | None, cue: Span | None, content: tuple[Span, ...], stage: str) -> None:
        self.found.append(make_attribution(self.text, source, cue, content, stage))

    def _lengthen(self, span: Span) -> None:
        """Add a piece to the attribution before this stretch."""
        self.more.setdefault(len(self.earlier) - 1, []).append(span)

    def _subject_before(self, first: int, previous: Attribution | None) -> Span | None:
        """Give the likely speaker of a quotation in the middle of a sentence: its subject, or who spoke before."""
        words = self.words
        subject = self._opening_phrase(first)
        if subject is not None and (is_name(words, subject[1]) or words.lower[subject[0]] in ("he", "she", "they")):
            return words.span(*subject)
        return previous.source if previous is not None else None

    def _emit(self, stage: str, source: Phrase | Span, cue: Phrase, first: int, last: int) -> bool:
        """Keep an attribution whose content is the words `[first, last]` less the punctuation at its edges.

        Tells whether there was anything to keep.
        """
        words = self.words
        first, last = _trim(self, first, last)
        self.free = max(self.free, cue[1] + 1, last + 1 if last > cue[1] else 0)
        if isinstance(source, tuple):
            self.free = max(self.free, source[1] + 1)
            source = words.span(*source)
        if last == first and words.lower[first] in word_class("determiners") | word_class("pronouns"):
            return False
        if last < first or not any(is_word(words, index) for index in range(first, min(last, first + 5) + 1)):
            return False
        content = (words.span(first, last),)
        self.found.append(make_attribution(self.text, source, words.span(*cue), content, stage))
        return True


def _trim(reader: _Reader, first: int, last: int) -> Phrase:
    words, stretch = reader.words, reader.stretch
    while (
        first <= last
        and not is_word(words, first)
        and not stretch.in_quotation(first)
        and words.texts[first] not in "$€£#(["
    ):
        first += 1
    while (
        last >= first and not is_word(words, last) and not stretch.in_quotation(last) and words.texts[last] not in "%)]"
    ):
        last -= 1
    return first, last

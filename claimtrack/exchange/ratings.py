"""Publishers' ratings as our verdicts: exact labels of a listed scale, and numbers only to back words up.

Published maps go by prefixes, substrings or the number alone, and turn "True but misleading" into true. Here a label
is matched whole, apart from case, outer spaces and a final full stop, and what is not listed stays unmapped.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from importlib.resources import files
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import attrs

from claimtrack.data import load_lexicon
from claimtrack.errors import NotFoundError
from claimtrack.models import Rating
from claimtrack.models.vocabulary import MappedBy, Verdict

PLAIN: Final = "plain-words"
ORDER: Final[Mapping[str, int]] = {"false": 1, "mostly_false": 2, "half_true": 3, "mostly_true": 4, "true": 5}
"""The verdicts on the line between false and true; the others have no place on it and never become a number."""
# A number may sit beside its word by two fifths of the scale: scales differ in their steps, and "false" at 2 of 6 is
# usual. More is another word's place.
_TOLERANCE = Fraction(2, 5)


@attrs.frozen(slots=True, kw_only=True)
class Entry:
    """One label of a scale; `verdict` is None where the label tells of something other than truth, and `why` says it.

    `lossy` means that the label says more, or less, than the verdict.
    """

    label: str
    verdict: Verdict | None
    also: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    rank: int | None = None
    number: int | None = None
    lossy: bool = False
    why: str | None = None


@attrs.frozen(slots=True, kw_only=True)
class Scale:
    """The labels of one publisher or data set, best known by `name`: its id and version."""

    id: str
    version: int
    about: str
    hosts: tuple[str, ...]
    labels: tuple[Entry, ...]
    numbers: Mapping[str, Any] | None
    write: Mapping[str, tuple[str, bool]]
    by_label: Mapping[str, tuple[Entry, ...]]

    @property
    def name(self) -> str:
        """Give id and version, as documents hold them."""
        return f"{self.id}@{self.version}"


@attrs.frozen(slots=True, kw_only=True)
class RatingMatch:
    """What a publisher's rating is in our words, or why it is none.

    `outcome` is mapped, unmapped or contradictory (the label says one thing and the number another). `how` is as in a
    review's `mapped_by`; `scale` names the scale and its version; `lossy` says that the label meant more or less than
    the verdict; `why` is a sentence for people.

    >>> match = map_rating("Pants on Fire", scale="truth-o-meter")
    >>> match.outcome, match.verdict, match.lossy, match.scale
    ('mapped', 'false', True, 'truth-o-meter@1')
    """

    outcome: Literal["mapped", "unmapped", "contradictory"]
    verdict: Verdict | None = None
    how: MappedBy | None = None
    scale: str | None = None
    lossy: bool = False
    why: str


def scale_ids() -> tuple[str, ...]:
    """Give the ids of all scales that are shipped.

    >>> "truth-o-meter" in scale_ids()
    True
    """
    return _ids()


def load_scale(id: str) -> Scale:
    """Give a scale by its id, with or without `@version`.

    >>> load_scale("liar").labels[3]
    Entry(label='barely-true', verdict='mostly_false', also=(), ...)

    Raises NotFoundError where there is none, or another version.
    """
    name, _, version = id.partition("@")
    if name not in _ids():
        raise NotFoundError(f"no scale {name[:60]!r}; there are {', '.join(_ids())}")
    scale = _load(name)
    if version not in ("", str(scale.version)):
        raise NotFoundError(f"scale {name} is at version {scale.version}, not {version[:20]!r}")
    return scale


def map_rating(rating: Rating | str, *, scale: str | None = None, url: str | None = None) -> RatingMatch:
    """Give our verdict for a publisher's rating: mapped, unmapped or contradictory, with the reason.

    The label is looked for in `scale` where one is named (or in the rating's own), else in the scale of the publisher
    whose page `url` is, else among words that mean the same everywhere. A number never stands for a verdict alone:
    it maps words only on a declared scale with numbers, and elsewhere it can only contradict them.

    >>> map_rating("Mostly False").verdict, map_rating("barely-true", scale="liar").verdict
    ('mostly_false', 'mostly_false')
    >>> print(map_rating("True but misleading").why)
    'True but misleading' stands on no scale that applies here (plain-words@1)
    >>> map_rating(Rating(label="True", value="1", best="6", worst="1")).outcome
    'contradictory'

    Raises NotFoundError for an unknown `scale`.
    """
    if isinstance(rating, str):
        rating = Rating(label=rating or None)
    declared = load_scale(scale) if scale is not None else _declared(rating)
    scales = (declared,) if declared is not None else (*scales_of(url), _load(PLAIN))
    if rating.label is None or not rating.label.strip():
        return RatingMatch(outcome="unmapped", why="there is no label, and a number alone says nothing")
    for one in scales:
        entry = _entry(one, rating)
        if entry is not None:
            return _by_label(entry, one, rating)
    if declared is not None and declared.numbers and not declared.numbers.get("inverted"):
        return _by_number(declared, rating)
    shown = rating.label if len(rating.label) <= 80 else rating.label[:77] + "..."
    names = ", ".join(one.name for one in scales)
    return RatingMatch(outcome="unmapped", why=f"{shown!r} stands on no scale that applies here ({names})")


def find_label(verdict: Verdict, *, scale: str) -> tuple[str, bool] | None:
    """Give the label that a scale has for a verdict, and whether something is lost; None where it has none.

    >>> find_label("mostly_true", scale="averitec"), find_label("satire", scale="averitec")
    (('Supported', True), None)
    """
    return load_scale(scale).write.get(verdict)


def scales_of(url: str | None) -> tuple[Scale, ...]:
    """Give the scales of the publisher at an address: the host itself or one below it."""
    if not url:
        return ()
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ()
    return _of_host(host) if len(host) <= 253 else ()


def position(rating: Rating) -> Fraction | None:
    """Give where the number stands between worst (0) and best (1), on a scale that is complete and upright; else None.

    >>> position(Rating(value="2", worst="1", best="5"))
    Fraction(1, 4)
    """
    value, worst, best = (to_number(text) for text in (rating.value, rating.worst, rating.best))
    if value is None or worst is None or best is None or not worst < best or not worst <= value <= best:
        return None
    return (value - worst) / (best - worst)


def fold(label: str) -> str:
    """Give the form of a label that is compared: one spelling of each letter, small, without outer spaces or full stop.

    >>> fold(" FALSO. ")
    'falso'
    """
    folded = " ".join(unicodedata.normalize("NFC", label).casefold().split())
    folded = folded.replace("i\u0307", "i").replace("ı", "i")  # Turkish has two letters i, and capitals lose which
    return folded.replace("…", "...").rstrip(".!").rstrip() or folded


def contradicts(verdict: str | None, rating: Rating) -> bool:
    """Tell whether the number of a rating stands where another verdict does."""
    place = position(rating)
    if place is None and rating.worst is None and rating.value is not None and rating.best is not None:
        place = position(rating.replace(worst="1"))  # schema.org: where worstRating is not given, 1 is assumed
    if place is None or verdict is None or verdict not in ORDER:
        return False
    return abs(place - Fraction(ORDER[verdict] - 1, 4)) > _TOLERANCE


def _by_label(entry: Entry, scale: Scale, rating: Rating) -> RatingMatch:
    if entry.verdict is None:
        why = f"{entry.label!r} ({scale.name}): {entry.why}"
        return RatingMatch(outcome="unmapped", scale=scale.name, why=why)
    if not (scale.numbers or {}).get("inverted") and contradicts(entry.verdict, rating):
        ends = f"{rating.worst or '1'} (worst) to {rating.best} (best)"
        why = f"the label {entry.label!r} means {entry.verdict}, but {rating.value} from {ends} does not"
        return RatingMatch(outcome="contradictory", scale=scale.name, why=why)
    why = f"{entry.label!r} is {entry.verdict} on {scale.name}" + (f": {entry.why}" if entry.why else "")
    return RatingMatch(
        outcome="mapped", verdict=entry.verdict, how="exact_label", scale=scale.name, lossy=entry.lossy, why=why
    )


def _by_number(scale: Scale, rating: Rating) -> RatingMatch:
    numbers = scale.numbers or {}
    on_scale = position(rating) is not None and (to_number(rating.worst), to_number(rating.best)) == (
        numbers["worst"],
        numbers["best"],
    )
    value = to_number(rating.value)
    entry = next((one for one in scale.labels if on_scale and one.number is not None and one.number == value), None)
    if entry is None:
        why = f"neither the label nor the number stands on {scale.name}"
        return RatingMatch(outcome="unmapped", scale=scale.name, why=why)
    why = f"{rating.value} is {entry.label!r} on {scale.name}, which was declared; the label is not listed"
    return RatingMatch(
        outcome="mapped", verdict=entry.verdict, how="declared_scale", scale=scale.name, lossy=True, why=why
    )


def _entry(scale: Scale, rating: Rating) -> Entry | None:
    """Give the entry of a label; one spelling with two meanings counts only in the language that tells them apart."""
    found = scale.by_label.get(fold(rating.label or ""), ())
    if len({entry.verdict for entry in found}) > 1:
        language = (rating.language or "").split("-")[0].lower()
        found = tuple(entry for entry in found if language in entry.languages)
    return found[0] if len({entry.verdict for entry in found}) == 1 else None


def _declared(rating: Rating) -> Scale | None:
    if rating.scale is None:
        return None
    try:
        return load_scale(rating.scale)
    except NotFoundError:
        return None


def to_number(text: str | None) -> Fraction | None:
    """Give the number that a text is, exactly; None where it is none."""
    if text is None or len(text) > 40:
        return None
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return None
    return Fraction(number)


@functools.cache
def _ids() -> tuple[str, ...]:
    folder = files("claimtrack.data") / "scales"
    return tuple(sorted(one.name.removesuffix(".json") for one in folder.iterdir() if one.name.endswith(".json")))


@functools.cache
def _load(id: str) -> Scale:
    told = load_lexicon(f"scales/{id}")
    rows: list[dict[str, Any]] = told["labels"]
    labels = tuple(
        Entry(**(row | {"also": tuple(row.get("also", ())), "languages": tuple(row.get("languages", ()))}))
        for row in rows
    )
    by_label: dict[str, tuple[Entry, ...]] = {}
    for entry in labels:
        for name in dict.fromkeys(map(fold, (entry.label, *entry.also))):
            by_label[name] = (*by_label.get(name, ()), entry)
    return Scale(
        id=told["id"],
        version=told["version"],
        about=told["about"],
        hosts=tuple(told["hosts"]),
        labels=labels,
        numbers=told.get("numbers"),
        write=dict(_written(told, labels)),
        by_label=by_label,
    )


def _written(told: Mapping[str, Any], labels: tuple[Entry, ...]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Give the label for each verdict: as the file says, or the first that says just that."""
    for entry in reversed(labels):
        if entry.verdict is not None and not entry.lossy and "write" not in told:
            yield entry.verdict, (entry.label, False)
    for row in told.get("write", ()):
        yield row["verdict"], (row["label"], row.get("lossy", False))


@functools.lru_cache(maxsize=1024)
def _of_host(host: str) -> tuple[Scale, ...]:
    parts = host.split(".")
    return tuple(scale for start in range(len(parts)) for scale in _by_host().get(".".join(parts[start:]), ()))


@functools.cache
def _by_host() -> Mapping[str, tuple[Scale, ...]]:
    found: dict[str, tuple[Scale, ...]] = {}
    for id in _ids():
        for host in _load(id).hosts:
            found[host] = (*found.get(host, ()), _load(id))
    return found

"""The finding codes of ClaimReview: how grave each is, and the sentence on how to mend it."""

from __future__ import annotations

from typing import Final

from claimtrack.errors import Finding, Severity

CODES: Final[dict[str, tuple[Severity, str]]] = {
    "missing-required": ("error", "add it: without it no search engine takes the object up"),
    "url-foreign-host": ("error", "give the address of the page on which the review stands"),
    "url-no-scheme": ("error", "write the whole address, with https:// and the host"),
    "rating-no-label": ("error", "write the rating in words as alternateName"),
    "rating-not-numeric": ("error", "write a number, or leave the field out"),
    "rating-outside-scale": ("error", "the value has to stand between worstRating and bestRating"),
    "rating-scale-inverted": ("error", "bestRating is the truest: swap the ends and turn the value round"),
    "rating-scale-degenerate": ("error", "worstRating has to be below bestRating; without a scale leave all three out"),
    "rating-label-vs-number": ("error", "mend the one that is wrong; readers see the words, programs the number"),
    "claim-contains-rating": ("warning", "take the rating out: claimReviewed is the claim alone"),
    "claim-too-long": ("warning", "sum it up: Google advises fewer than 75 characters"),
    "rating-empty-string": ("warning", "leave the field out rather than empty"),
    "rating-scale-partial": ("warning", "give ratingValue, worstRating and bestRating together, or none of them"),
    "rating-worst-below-1": ("warning", "Google's smallest worstRating is 1; shift the scale"),
    "label-is-sentence": ("warning", "write one or a few words, and the sentence as ratingExplanation"),
    "claimant-missing": ("warning", "name who made the claim in itemReviewed.author.name"),
    "claimant-empty-node": ("warning", "leave itemReviewed.author out where the claimant is not known"),
    "appearance-missing": ("note", "give the address where the claim was made as itemReviewed.firstAppearance"),
    "item-type-legacy": ("note", "write the type Claim: since 2019 that is what itemReviewed is"),
    "item-type-case": ("warning", "types are told apart by case: write it as schema.org does"),
    "field-case": ("warning", "names are told apart by case: write it as schema.org does"),
    "field-type": ("warning", "write what schema.org expects here; the value was not read, and stays in the original"),
    "date-format": ("warning", "write YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+hh:mm (ISO 8601)"),
    "date-no-offset": ("note", "add the offset from UTC: without it only the day is certain"),
    "multi-valued": ("warning", "give one; the first was read, and the others stay in the original"),
    "sameas-not-url": ("warning", "sameAs holds addresses; write a name as name, a text as description"),
    "text-nul": ("warning", "take the character NUL out"),
    "text-surrogate": ("warning", "write the whole character: half a surrogate pair is no text"),
    "text-cleaned": ("note", "take line breaks and control characters out of names and titles"),
    "text-too-long": ("warning", "shorten it: no name, title or address is that long; it stays in the original"),
    "reference-only": ("note", "write the name beside the reference, so that the object can be read on its own"),
    "publisher-missing": ("warning", "name who made the review in author.name"),
    "several-on-page": ("note", "give each review a page of its own, or be content without the rich result"),
    "not-checked": ("note", "look for yourself: this cannot be seen offline"),
}


def finding(code: str, path: str, message: str) -> Finding:
    """Give a finding of ClaimReview: what is wrong, and how to mend it."""
    severity, mend = CODES[code]
    return Finding(code=code, severity=severity, message=f"{message}; {mend}", path=path)

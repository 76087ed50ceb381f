"""Web annotations: the anchors of an article's claims go out and come back."""

from __future__ import annotations

import json

import pytest

from claimtrack import DocumentError, extract_claims, from_annotations, read_article, to_annotations

STORY = (
    "“The quay 🙂 is safe,” Ann Silva said, “and it was cheap.” Mayor Tom Reed denied it. "
    "He added that 40 ferries had sailed."
)


def test_the_anchors_of_all_claims_come_back() -> None:
    article = read_article(text=STORY)
    claims = tuple(extract_claims(article, tagger="rules"))
    page = json.loads(json.dumps(to_annotations(article, claims).value))
    assert from_annotations(page) == {claim.id: claim.attribution.content for claim in claims if claim.attribution}
    assert len(claims) > 1


def test_selectors_point_at_code_points_of_the_article() -> None:
    article = read_article(text=STORY)
    page = to_annotations(article, extract_claims(article, tagger="rules")).value
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    for item in page["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            quote, position = target["selector"]
            assert article.text[position["start"] : position["end"]] == quote["exact"]
            assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")


def test_a_claim_of_another_article_is_left_out_with_a_finding() -> None:
    article, other = read_article(text=STORY), read_article(text="“Ferries are late,” Ann Silva said.")
    exported = to_annotations(article, extract_claims(other, tagger="rules"))
    assert exported.value["items"] == []
    assert {finding.code for finding in exported.findings} == {"not-anchored"}


def test_a_selector_that_is_no_anchor_is_refused() -> None:
    selector = {"type": "TextPositionSelector", "start": 9, "end": 2}
    with pytest.raises(DocumentError):
        from_annotations({"items": [{"id": "a", "target": {"selector": selector}}]})
    assert from_annotations({"items": [3, {"id": "a", "target": "https://herald.example"}]}) == {}

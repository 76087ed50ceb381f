"""Opening a store, looking documents up and listing them."""

from __future__ import annotations

import json

import pytest

from claimtrack.errors import ClaimtrackError, DocumentError, FilterError, NotFoundError, StoreError
from claimtrack.models import Evidence, Speaker, SpeakerRecord
from claimtrack.store import Store
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claim, make_claims, triaged
from tests.store.test_paths import HOSTILE

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
LATER = make_article(
    "The ferry is afloat. No charges will be brought, Ursula von der Brack said.",
    id="2025-04-02-valley-echo-ferry-afloat",
    url="https://valley-echo.example/ferry",
    publisher="Valley Echo",
)
LATER_CLAIMS = (
    make_claim(LATER, "The ferry is afloat", None),
    make_claim(LATER, "No charges will be brought", "Ursula von der Brack", tags=("Courts",), verdict="true"),
)


@pytest.fixture
def newsroom(store):
    list(store.add_many([(LATER, LATER_CLAIMS), (ARTICLE, CLAIMS)]))
    store.save(triaged(CLAIMS[1]))
    return store


def statements(listing):
    return [claim.statement for claim in listing]


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_new_store_says_which_format_it_has(tmp_path, platform):
    store = Store(tmp_path / "desk" / "newsroom")
    assert json.loads((store.folder / "claimtrack.json").read_text()) == {"format": "claimtrack.store/1"}
    assert tuple(Store(store.folder, create=False).validate()) == ()


def test_a_folder_that_only_git_has_touched_becomes_a_store(tmp_path):
    (tmp_path / ".git").mkdir()
    Store(tmp_path)
    assert (tmp_path / "claimtrack.json").exists()
    assert (tmp_path / ".claimtrack" / ".gitignore").read_text() == "*\n"


def test_a_folder_with_other_things_in_it_is_no_store(tmp_path):
    (tmp_path / "rent.xlsx").write_text("rents")
    with pytest.raises(StoreError, match=r"claimtrack\.json is missing"):
        Store(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rent.xlsx"]


def test_without_leave_to_make_one_a_missing_store_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="there is no store here"):
        Store(tmp_path / "newsroom", create=False)
    assert not (tmp_path / "newsroom").exists()
    with pytest.raises(StoreError, match="there is no store here"):
        Store(tmp_path, create=False)


@pytest.mark.parametrize("marker", ['{"format": "claimtrack.store/2"}', "{}", "[1]", "none", '{"format": ["x"]}'])
def test_a_store_of_another_format_is_not_touched(tmp_path, marker):
    (tmp_path / "claimtrack.json").write_text(marker)
    with pytest.raises(StoreError, match=r"this version of claimtrack reads claimtrack\.store/1"):
        Store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["claimtrack.json"]


def test_a_file_is_no_store(tmp_path):
    (tmp_path / "newsroom").write_text("rents")
    with pytest.raises(StoreError, match="newsroom"):
        Store(tmp_path / "newsroom")


def test_a_path_with_nul_is_no_store():
    with pytest.raises(StoreError, match="no path"):
        Store("news\x00room")


def test_a_store_stays_the_same_when_the_program_changes_its_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = Store("newsroom")
    store.add(ARTICLE, CLAIMS)
    monkeypatch.chdir(tmp_path / "newsroom")
    assert store.article(ID) == ARTICLE


@pytest.mark.files
def test_a_store_that_was_moved_is_opened_where_it_is(newsroom, tmp_path):
    newsroom.folder.rename(tmp_path / "moved")
    with pytest.raises(StoreError, match="the store is gone"):
        newsroom.article(ID)
    with pytest.raises(StoreError, match="the store is gone"):
        list(newsroom.claims())
    assert len(list(Store(tmp_path / "moved").claims())) == 5


# --- looking up -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["rents", f"{ID}-1", *HOSTILE])
def test_an_unknown_id_is_named_with_what_to_do(newsroom, id):
    with pytest.raises(NotFoundError, match="claimtrack list"):
        newsroom.claim(id)
    for look_up in (newsroom.article, newsroom.evidence, newsroom.speaker):
        with pytest.raises(NotFoundError, match=r"no (article|evidence|speaker) with id"):
            look_up(id)


def test_every_kind_of_document_is_found_by_its_id(newsroom):
    evidence = Evidence(id="2025-03-16-harbour-log", kind="primary", title="Harbour log")
    speaker = SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person")
    assert newsroom.save(evidence).parent.name == "2025"
    newsroom.save(speaker)
    assert newsroom.evidence(evidence.id) == evidence
    assert newsroom.speaker(speaker.id) == speaker


def test_a_document_is_found_whichever_kind_it_is(newsroom):
    newsroom.save(SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person"))
    assert [newsroom.document(id).id for id in (ID, CLAIMS[0].id, "mira-holt")] == [ID, CLAIMS[0].id, "mira-holt"]
    with pytest.raises(NotFoundError, match="no document with id 'rents'; `claimtrack list`"):
        newsroom.document("rents")


def test_a_file_that_is_no_valid_document_is_told_with_every_reason(newsroom):
    by_hand.edit(newsroom, CLAIMS[0].id, '"candidate"', '"canditate"')
    by_hand.edit(newsroom, CLAIMS[0].id, '"statement"', '"statment"')
    with pytest.raises(DocumentError) as caught:
        newsroom.claim(CLAIMS[0].id)
    assert {finding.path for finding in caught.value.findings} >= {"$.workflow", "$.statment"}
    assert caught.value.source == f"claims/2025/{ID}/{CLAIMS[0].id}.json"


def test_a_file_whose_name_is_not_its_id_is_told(newsroom):
    by_hand.move(newsroom, CLAIMS[0].id, f"claims/2025/{ID}/{ID}-7.json")
    with pytest.raises(DocumentError, match="rename the file"):
        newsroom.claim(f"{ID}-7")


@pytest.mark.files
def test_a_key_that_stands_twice_is_told(newsroom):
    path = newsroom.folder / f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    path.write_text(
        path.read_text().replace('  "kind": "indirect",\n', '  "kind": "indirect",\n  "kind": "direct",\n', 1)
    )
    with pytest.raises(DocumentError, match="stands twice"):
        newsroom.claim(CLAIMS[0].id)
    listing = newsroom.claims()
    assert len(list(listing)) == 4
    assert [finding.code for finding in listing.findings] == ["json-duplicate-key"]


@pytest.mark.files
def test_a_file_that_a_person_has_laid_out_differently_is_read(newsroom):
    path = newsroom.folder / f"claims/2025/{ID}/{CLAIMS[0].id}.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(json.loads(path.read_text()), indent=4).encode())
    assert newsroom.claim(CLAIMS[0].id) == CLAIMS[0]
    assert statements(newsroom.claims(speaker="Holt")) == [CLAIMS[0].statement]
    assert statements(newsroom.claims(speaker="Reyle")) == [CLAIMS[1].statement]
    assert str(newsroom.add(ARTICLE, CLAIMS)) == f"{ID}: nothing changed"


# --- listing ----------------------------------------------------------------------------------------------------------


def test_claims_come_article_by_article_in_the_order_of_the_text(newsroom, platform):
    assert [article.id for article in newsroom.articles()] == [ID, LATER.id]
    assert statements(newsroom.claims()) == [claim.statement for claim in (*CLAIMS, *LATER_CLAIMS)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"article": LATER.id}, ["The ferry is afloat", "No charges will be brought"]),
        ({"speaker": "Mira Holt"}, ["All 62 passengers were safe"]),
        ({"speaker": "HOLT"}, ["All 62 passengers were safe"]),
        ({"speaker": "hol"}, []),
        ({"speaker": "Mira"}, ["All 62 passengers were safe"]),
        ({"speaker": "von der Brack"}, ["No charges will be brought"]),
        ({"speaker": "Valley Echo"}, ["The ferry is afloat"]),
        ({"kind": "narration"}, ["The ferry left port at 5:40 a.m.", "The ferry is afloat"]),
        ({"verdict": "true"}, ["No charges will be brought"]),
        ({"workflow": "triaged"}, ["The hull held for nine hours"]),
        ({"publication": "published"}, []),
        ({"publisher": "valley echo"}, ["The ferry is afloat", "No charges will be brought"]),
        ({"publisher": "Echo"}, []),
        ({"tag": "courts"}, ["No charges will be brought"]),
        ({"tag": "court"}, []),
        ({"text": "FERRY"}, ["The ferry left port at 5:40 a.m.", "The ferry is afloat"]),
        ({"text": "ferry", "publisher": "Harbour Post"}, ["The ferry left port at 5:40 a.m."]),
        ({"article": ID, "kind": "indirect", "speaker": "Reyle"}, ["The hull held for nine hours"]),
    ],
    ids=str,
)
def test_claims_are_listed_by_what_they_are(newsroom, asked, found):
    assert statements(newsroom.claims(**asked)) == found


def test_a_name_is_the_same_however_its_letters_are_composed(store):
    article = make_article("All were safe, José O’Neill said.")
    store.add(article, (make_claim(article, "All were safe", "José O’Neill"),))
    for name in ("jose\u0301 o'neill", "O’NEILL"):
        assert statements(store.claims(speaker=name)) == ["All were safe"]


def test_any_of_the_speakers_counts(store):
    both = (Speaker(name="Mira Holt", kind="person"), Speaker(name="Tomas Reyle", kind="person"))
    store.add(ARTICLE, (CLAIMS[0].replace(speakers=both), *CLAIMS[1:]))
    assert statements(store.claims(speaker="Reyle")) == [CLAIMS[0].statement, CLAIMS[1].statement]


def test_a_word_that_is_no_verdict_is_named_with_the_choices(newsroom):
    with pytest.raises(FilterError, match="no claim has the verdict 'flase'; did you mean 'false'"):
        newsroom.claims(verdict="flase")
    assert issubclass(FilterError, ValueError)
    assert issubclass(FilterError, ClaimtrackError)
    with pytest.raises(FilterError, match="no word in it"):
        newsroom.claims(speaker=" – ")


@pytest.mark.parametrize("id", ["2025-03-14-harbour-post-ferry", "../articles"])
def test_claims_of_an_unknown_article_are_an_error_not_an_empty_list(newsroom, id):
    with pytest.raises(NotFoundError, match="no article with id"):
        newsroom.claims(article=id)


@pytest.mark.parametrize("asked", [{}, {"speaker": "Holt"}, {"text": "ferry"}, {"tag": "Courts"}], ids=str)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param("{", marks=pytest.mark.files),
        "[]",
        '{"speakers": 3, "tags": 5}',
        '"claim"',
        "null",
        pytest.param("\ud800", marks=pytest.mark.files),
    ],
)
def test_a_broken_file_stops_no_listing_and_is_named(newsroom, asked, content):
    whole = statements(newsroom.claims(**asked))
    by_hand.put(newsroom, f"claims/2025/{ID}/{ID}-7.json", content)
    listing = newsroom.claims(**asked)
    assert statements(listing) == whole
    assert listing.findings
    assert {finding.source for finding in listing.findings} == {f"claims/2025/{ID}/{ID}-7.json"}


def test_a_publisher_is_asked_of_articles_that_can_be_read(newsroom):
    by_hand.write(newsroom, ID, "[]")
    assert len(list(newsroom.claims(publisher="Harbour Post"))) == 0
    assert len(list(newsroom.claims(publisher="Valley Echo"))) == 2
    listing = newsroom.articles()
    assert [article.id for article in listing] == [LATER.id]
    assert listing.findings[0].source == f"articles/2025/{ID}.json"

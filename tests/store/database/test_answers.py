"""A database answers as a folder does: the same claims in the same order, the same findings, the same bytes."""

from __future__ import annotations

import hashlib
import json

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import StoreError
from claimtrack.models import Anchor, ClaimFigure, Event, Origin, Speaker, SpeakerRecord
from claimtrack.models.exact import parse_exact
from claimtrack.store import Store, version_of
from claimtrack.store.database.asking import find_rows
from claimtrack.store.filters import ClaimFilter
from claimtrack.store.registry import find_speaker_query
from tests.store import by_hand
from tests.store.news import ID, make_article, make_claims
from tests.store.test_index import FILTERS, IDS, KNOWN, by_reading, stored_claims, told

CLAIMS = make_claims(make_article())
WEATHERED = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
BROKEN = ("[]", "null", '{"statement": 3}', '{"statement": "the ferry sank", "kind": "direct"}', '"claim"')


KINDS = ("save", "save", "save", "rewritten", "broken", "removed", "publisher", "record", "look")


@st.composite
def steps(draw):
    return (
        draw(st.sampled_from(KINDS)),
        draw(stored_claims()),
        draw(st.integers(0, 50)),
        draw(st.sampled_from(BROKEN)),
        draw(st.sampled_from(KNOWN)),
    )


def take(store, step):
    """Do to a store what a step says: by the library, or by hand."""
    kind, claim, number, broken, record = step
    stored = sorted(path.rpartition("/")[2][:-5] for path in by_hand.look_at(store) if path.startswith("claims/"))
    if kind == "save":
        store.save(claim)
    elif kind == "record":
        store.save(record)
    elif kind == "look":
        store.reindex(full=number % 2 == 0)
    elif kind == "publisher":
        id = IDS[number % len(IDS)]
        article = json.loads(by_hand.read(store, id))
        by_hand.write(store, id, json.dumps(article | {"publisher": ["Valley Echo", "Harbour Post"][number % 2]}))
    elif stored:
        id = stored[number % len(stored)]
        if kind == "rewritten":
            by_hand.write(store, id, claim.replace(id=id, article_id=id.rpartition("-")[0]).to_json())
        elif kind == "broken":
            by_hand.write(store, id, broken)
        else:
            by_hand.remove(store, id)


ONE_FILTER = st.builds(lambda asked, which: dict([*asked.items()][which : which + 1]), FILTERS, st.integers(0, 6))


@settings(WEATHERED, max_examples=40)
@given(st.lists(st.tuples(steps(), ONE_FILTER | FILTERS), min_size=1, max_size=8))
def test_the_same_claims_and_findings_as_a_folder_in_the_same_order(newsroom, tmp_path_factory, plan):
    folder = Store(tmp_path_factory.mktemp("newsroom") / "store")
    with by_hand.rows(newsroom) as cursor:
        cursor.execute("TRUNCATE document, article, claim, voice, gone")
    for store in (newsroom, folder):
        for id, publisher in zip(IDS, ("Harbour Post", "Valley Echo", "Harbour Post"), strict=True):
            store.add(make_article(id=id, publisher=publisher, published=id[:10], url=f"https://{id}.example/"))
    for step, asked in plan:
        for store in (newsroom, folder):
            take(store, step)
        answer = told(newsroom.claims(**asked))
        assert answer == told(folder.claims(**asked))
        assert answer == by_reading(newsroom, **asked)
    assert told(newsroom.claims()) == told(folder.claims())
    assert sorted(map(str, newsroom.validate())) == sorted(map(str, folder.validate()))


def test_the_database_is_what_answers(newsroom):
    """Otherwise the tests here would compare reading with reading."""
    asked = ClaimFilter(speaker=find_speaker_query(newsroom._home, "Holt"))
    with newsroom._home._connections.one() as connection:
        (found,) = find_rows(connection, asked)
        assert connection.execute("SELECT place FROM document WHERE number = %s", (found,)).fetchone() == (
            f"claims/2025/{ID}/{CLAIMS[0].id}.json",
        )


# --- byte for byte ----------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
EXACT = st.sampled_from(["3.40", "0.10", "-0", "1/3", "100", "12345678901234567890.1234567890", "0." + "0" * 90 + "1"])
RAW = st.sampled_from([r'{"a": "\u0000", "a": 1e5}', r'"\ud83d\ude00"', '{"b":1.50,\t"a":1E400}', "\\", r"\\u0000"])


@st.composite
def any_claims(draw):
    exact = draw(TEXTS)
    anchor = Anchor(start=0, end=len(exact), exact=exact)
    figure = ClaimFigure(anchor=anchor, kind="count", value=parse_exact(draw(EXACT)), what=draw(LINES))
    event = Event(id="e1", at="2025-03-15T09:00:00Z", by=draw(LINES), action="note", why=draw(TEXTS))
    claim = CLAIMS[0].replace(
        statement=draw(TEXTS),
        speakers=(Speaker(name=draw(LINES), kind="person", confidence=draw(st.floats(0, 1))),),
        figures=(figure,),
        tags=tuple(draw(st.lists(LINES, max_size=3, unique=True))),
        events=draw(st.sampled_from([(), (event,)])),
        origin=draw(st.one_of(st.none(), st.builds(Origin, format=LINES, key=LINES, original=RAW | TEXTS))),
    )
    confidence = draw(st.sampled_from([0.1, 1e-7, 5e-324, 1.0, 0.30000000000000004]) | st.floats(0, 1))
    return claim.replace(attribution=claim.attribution.replace(confidence=confidence))


@settings(WEATHERED, max_examples=80)
@given(any_claims())
def test_a_document_comes_back_byte_for_byte_as_a_folder_holds_it(newsroom, tmp_path_factory, claim):
    with by_hand.rows(newsroom) as cursor:
        cursor.execute("DELETE FROM document WHERE place LIKE 'claims/%'")
    newsroom.save(claim.replace(tags=("ferries",)))
    newsroom.save(claim)
    ((version,),) = _sql(newsroom, "SELECT version FROM document WHERE place LIKE %s", f"%{claim.id}.json")
    assert newsroom.claim(claim.id).to_json() == claim.to_json()
    assert [one.to_json() for one in newsroom.claims()] == [claim.to_json()]
    assert version == version_of(claim)
    newsroom.save(claim.replace(tags=("ferries",)), expected=claim)


def test_each_kind_of_document_comes_back_byte_for_byte(newsroom, folder):
    newsroom.registry.add("Mira Holt")
    for document in (*newsroom.articles(), *newsroom.claims(), *newsroom.speakers()):
        path = folder.save(document)
        assert newsroom.document(document.id).to_json().encode() == path.read_bytes()


# --- every filter has its index ---------------------------------------------------------------------------------------

ASKED = {
    "speaker": ("Holt 77", {"claim_voices", "voice_words", "voice_key", "voice_role", "voice_record"}),
    "kind": ("direct", {"claim_kind"}),
    "verdict": ("false", {"claim_verdict"}),
    "workflow": ("closed", {"claim_workflow"}),
    "publication": ("retracted", {"claim_publication"}),
    "publisher": ("Paper 77", {"article_publisher", "claim_article"}),
    "since": ("2025-12-31", {"article_published", "claim_article"}),
    "until": ("2001-01-01", {"article_published", "claim_article"}),
    "made_since": ("2025-12-31", {"claim_made"}),
    "made_until": ("2001-01-01", {"claim_made"}),
    "figure": ("77 passengers77", {"claim_words"}),
    "evidence": ("log-77", {"claim_evidence"}),
    "tag": ("tag 77", {"claim_tags"}),
    "text": (hashlib.md5(b"77").hexdigest(), {"claim_statement"}),
}
FILL = """
INSERT INTO document (place, sort, body, version)
SELECT 'claims/2025/a-' || i || '/a-' || i || '-1.json', i::text::bytea, '{}', 'v' FROM generate_series(1, 4000) i;
INSERT INTO article SELECT number, 'a-' || number, 'paper ' || number, date '2001-01-01' + number::int FROM document;
INSERT INTO voice SELECT number, ' holt ' || number || ' ', 'holt ' || number, 'mayor ' || number, 'r-' || number
FROM document;
INSERT INTO claim
SELECT number, 'a-' || number, 'indirect', 'true', 'candidate', 'unpublished', (date '2001-01-01' + number::int)::text,
    'berth ' || md5(number::text) || ' closed', ARRAY[number], ARRAY['tag ' || number], ARRAY['log-' || number],
    ARRAY['passengers' || number], ARRAY[number], number * 10, number * 10 + 1 FROM document;
ANALYZE document, article, claim, voice;
"""


@attrs.frozen
class Explaining:
    """Stands in for a connection, and notes the plan of each question."""

    connection: object
    plan: list[str] = attrs.field(factory=list)

    def execute(self, query, values):
        asked = query.encode() if isinstance(query, str) else query
        explained = self.connection.execute(b"EXPLAIN (COSTS off) " + asked, values)
        self.plan.extend(line for (line,) in explained)
        return self.connection.execute(query, values)


@pytest.fixture(scope="module")
def filled(server):
    with Store.open(server.new_database(template="template_news"), create=False) as store:
        with by_hand.rows(store) as cursor:
            cursor.execute(FILL)
        store.save(SpeakerRecord(id="r-77", name="Holt 77", kind="person"))
        yield store


@pytest.mark.parametrize("name", ASKED)
def test_each_filter_has_an_index_that_finds_what_it_asks_for(filled, name):
    value, indexes = ASKED[name]
    query = find_speaker_query(filled._home, value) if name == "speaker" else value
    assert _indexes(filled, ClaimFilter(**{name: query})) >= indexes


def test_a_number_has_an_index_for_exact_figures_and_one_for_bounds(filled):
    assert _indexes(filled, ClaimFilter(figure="77")) >= {"claim_numbers", "claim_bounds"}


def test_rows_edited_by_hand_are_found_through_an_index(filled):
    assert "document_unsure" in _indexes(filled, ClaimFilter(tag="tag 77"))
    assert "document_unsure" in _indexes(filled, ClaimFilter(publisher="Paper 77"))


def test_every_filter_is_asked_about_here():
    assert {field.name for field in attrs.fields(ClaimFilter) if field.init} == ASKED.keys()


def _indexes(store, asked):
    """Give the names of the indexes that PostgreSQL takes for a question when it may not read whole tables."""
    with store._home._connections.one() as connection, connection.transaction():
        for way in ("seqscan", "indexscan", "indexonlyscan"):  # an index can also be read whole, for its order
            connection.execute(f"SET LOCAL enable_{way} = off")
        explaining = Explaining(connection)
        find_rows(explaining, asked)
    return {line.split()[-1] for line in explaining.plan if "Bitmap Index Scan on" in line}


def _sql(store, statement, *values):
    with by_hand.rows(store) as cursor:
        return cursor.execute(statement, values).fetchall()


def test_a_database_has_no_folder(newsroom):
    with pytest.raises(StoreError, match="a database has no folder; give the store of a folder here"):
        _ = newsroom.folder

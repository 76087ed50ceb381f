"""What people type, and what is too large or no text: kept as it is, refused as in a folder, and never run as SQL."""

from __future__ import annotations

import random
from urllib.parse import quote

import pytest

from claimtrack.errors import ClaimtrackError, DocumentError
from claimtrack.models import Claim, ClaimFigure, Speaker, SpeakerRecord
from claimtrack.models.exact import parse_exact
from claimtrack.models.parse import MAX_BYTES
from claimtrack.store import Store
from tests.store.news import ID, anchor, make_article, make_claim, make_claims

ARTICLE = make_article()
CLAIMS = make_claims(ARTICLE)
HOSTILE = (
    *("'; DROP TABLE claimtrack.document; --", "' OR '1'='1", '" OR ""="', "\\'; SELECT 1 --", "O'Neill", "\\"),
    *("100% of crews", "100_ of crews", "%", "_", "\\%", "%s %s", "%(name)s", "{} {0.__class__}", "$1", "$$ x $$"),
    *("/* berth */", '{NULL,"a"}', "NULL", "crew\ttwo", "🙂 İstanbul ß ﬁ"),
    *("\u202eerihw", "e\u0301cole", "\U0010ffff"),
)
FILTERS = (
    *("speaker", "kind", "verdict", "workflow", "publication", "publisher", "since", "until", "made_since"),
    *("made_until", "figure", "evidence", "tag", "text", "article"),
)


def line(text):
    return text.replace("\t", " ")


def named(number, text):
    """Give an article and a claim in which a text stands wherever one can."""
    article = make_article(
        f"Berth {number} closed.",
        id=f"2025-03-14-harbour-post-berth-{number}",
        url=f"https://harbour-post.example/{number}",
        publisher=line(text),
    )
    figure = ClaimFigure(anchor=anchor(article, str(number)), kind="count", value=number, what=line(text))
    speaker = Speaker(name=line(text), kind="person", role=line(text), on_behalf_of=line(text))
    fields = {"statement": text, "speakers": (speaker,), "tags": (line(text),), "figures": (figure,)}
    return article, make_claim(article, f"Berth {number} closed", "?", **fields)


def answer(store, **asked):
    """Give the ids of the claims that are asked for, or the error, where it is one of ours."""
    try:
        listing = store.claims(**asked)
        return [claim.id for claim in listing], listing.findings
    except ClaimtrackError as error:
        return type(error), str(error)


@pytest.fixture
def both(newsroom, folder):
    """Give a store in a database and one in a folder, with the same claims."""
    folder.add(ARTICLE, CLAIMS)
    return newsroom, folder


@pytest.fixture(scope="module")
def hostile(server, tmp_path_factory):
    """Give both, to be read, with every hostile text wherever one can stand."""
    folder = Store(tmp_path_factory.mktemp("hostile") / "newsroom")
    with Store.open(server.new_database(template="template_news"), create=False) as database:
        for store in (database, folder):
            store.add(ARTICLE, CLAIMS)
            for number, text in enumerate(HOSTILE):
                article, claim = named(number, text)
                store.add(article, (claim,))
        yield database, folder


def test_a_hostile_text_is_kept_found_under_itself_and_never_run(hostile):
    database, folder = hostile
    assert list(database.validate()) == []
    assert [claim.to_json() for claim in database.claims()] == [claim.to_json() for claim in folder.claims()]
    for number, text in enumerate(HOSTILE):
        _, claim = named(number, text)
        for asked in ({"tag": line(text)}, {"publisher": line(text)}, {"text": text}):
            found, findings = answer(database, **asked)
            assert (found, findings) == answer(folder, **asked)
            assert claim.id in found
    assert len(list(database.articles())) == len(HOSTILE) + 1


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_takes_a_hostile_text_as_a_folder_does(hostile, name):
    database, folder = hostile
    for text in HOSTILE:
        assert answer(database, **{name: text}) == answer(folder, **{name: text})


def test_the_wildcards_of_like_mean_nothing(hostile):
    database, _ = hostile
    ids = {text: named(number, text)[1].id for number, text in enumerate(HOSTILE)}
    assert set(answer(database, text="100_ of")[0]) == {ids["100_ of crews"]}
    assert set(answer(database, text="100% of")[0]) == {ids["100% of crews"]}
    assert answer(database, text="cr_w")[0] == answer(database, text="cr%w")[0] == []
    assert {named(number, text)[1].id for number, text in enumerate(HOSTILE) if "\\" in text} == {
        *answer(database, text="\\")[0]
    }


@pytest.mark.parametrize("text", ["a\0b", "\0", "a\ud800b", "\udfff"], ids=ascii)
@pytest.mark.parametrize("name", FILTERS)
def test_what_is_no_text_is_refused_by_each_filter_or_finds_nothing_as_in_a_folder(hostile, name, text):
    told = answer(hostile[0], **{name: text})
    assert told == answer(hostile[1], **{name: text})
    assert told[0] == [] or issubclass(told[0], ClaimtrackError)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"], ids=ascii)
def test_what_is_no_text_is_refused_in_documents_and_nothing_is_written(newsroom, snapshot_of, text):
    before = snapshot_of(newsroom)
    wrong = Claim.model_construct(**(dict(CLAIMS[0]) | {"statement": text}))
    holt = SpeakerRecord(id="holt", name="Holt", kind="person")
    record = SpeakerRecord.model_construct(**(dict(holt) | {"name": text}))
    for call in (
        lambda: newsroom.save(wrong),
        lambda: newsroom.add(ARTICLE, (wrong,)),
        lambda: newsroom.save(record),
        lambda: newsroom.registry.add(text),
        lambda: newsroom.registry.confirm(text, "Mira Holt", by="ana"),
        lambda: newsroom.registry.confirm("Mira Holt", "Tomas Reyle", by=text),
        lambda: newsroom.save(CLAIMS[0], expected=text),
        lambda: newsroom.claim(text),
        lambda: newsroom.document(text),
        lambda: newsroom.changes(since=text),
    ):
        with pytest.raises(ClaimtrackError):
            call()
    assert snapshot_of(newsroom) == before


# --- sizes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("letters", "asked"),
    [
        ("abcdefghijklmnopqrstuvwxyz", {"tag", "publisher", "text", "speaker", "figure"}),
        ("".join(map(chr, range(0x4E00, 0x9FA0))), {"tag", "publisher", "text", "speaker", "figure"}),
        ("abc def ghi jkl mno ", {"tag", "publisher", "text", "speaker", "figure"}),
        ("".join(map(chr, range(0x1F300, 0x1F500))), {"tag", "publisher", "text"}),  # there is no word in these
        ("0123456789", {"tag", "publisher", "text", "speaker"}),  # nor a number of so many digits
    ],
    ids=["letters", "signs", "words", "emoji", "digits"],
)
def test_names_and_words_of_two_thousand_letters_are_found_by_the_whole_of_them(both, letters, asked):
    """PostgreSQL's indexes hold some 2,700 bytes of a value, packed; nothing packs these."""
    text = f"a{''.join(random.Random(7).choices(letters, k=1998))}a"
    article, claim = named(7, text)
    for store in both:
        store.add(article, (claim,))
    for name in sorted(asked):
        told = answer(both[0], **{name: f"7 {text}" if name == "figure" else text})
        assert told == answer(both[1], **{name: f"7 {text}" if name == "figure" else text})
        assert told[0] == [claim.id]
    for name in ("tag", "publisher", "text"):
        assert answer(both[0], **{name: text[:-1] + "z"})[0] == []
    assert answer(both[0], tag=text[:-1])[0] == []


def test_a_statement_of_a_million_letters_is_found_by_any_part_of_it(both):
    words = "".join(f"Berth {number} is closed. " for number in range(45_000))
    assert len(words) > 1_000_000
    for store in both:
        store.save(CLAIMS[0].replace(statement=words))
        assert [claim.id for claim in store.claims(text="berth 44321 is closed. berth 44322")] == [CLAIMS[0].id]
        assert store.claims(text=words[5:200_000].upper()).count() == 1
        assert store.claims(text=words[5:200_000] + "x").count() == 0
    assert both[0].claim(CLAIMS[0].id).to_json() == both[1].claim(CLAIMS[0].id).to_json()


def test_a_document_as_large_as_a_store_takes_comes_back_and_one_larger_is_refused(newsroom):
    """A note of that size; the other fields take a few hundred bytes."""
    record = SpeakerRecord(id="mira-holt", name="Mira Holt", kind="person", note="é" * (MAX_BYTES // 2 - 300))
    assert MAX_BYTES - 1000 < len(record.to_json().encode()) <= MAX_BYTES
    newsroom.save(record)
    assert newsroom.speaker("mira-holt") == record
    newsroom.save(record.replace(note="Harbour master."), expected=record)
    with pytest.raises(DocumentError, match="larger than"):
        newsroom.save(record.replace(note="é" * (MAX_BYTES // 2)))
    assert newsroom.speaker("mira-holt").note == "Harbour master."


NUMBERS = ("0", "-0", "9" * 99, "-" + "9" * 99, "0." + "0" * 90 + "1", "1/3", "2/6", f"{10**60 + 1}/{10**60}", "0.1")


def test_huge_tiny_and_broken_numbers_are_told_apart_as_in_a_folder(both):
    figures = [
        *({"value": parse_exact(number)} for number in NUMBERS),
        *({"low": parse_exact(number)} for number in NUMBERS),
        *({"high": parse_exact(number)} for number in NUMBERS),
        {"low": parse_exact("1/3"), "high": parse_exact("0." + "3" * 60 + "4")},
    ]
    for store in both:
        for number, figure in enumerate(figures):
            article, claim = named(number, "crew")
            one = ClaimFigure(anchor=anchor(article, str(number)), kind="count", **figure)
            store.add(article, (claim.replace(figures=(one,)),))
    near = ("1e3", "0.33333333333333333", f"{10**60 + 2}/{10**60}", "1", "9" * 100, "-1", "-" + "9" * 100)
    for asked in (*NUMBERS, *near):
        told = answer(both[0], figure=asked)
        assert told == answer(both[1], figure=asked)
    assert answer(both[0], figure="1/3")[0] == answer(both[0], figure="2/6")[0] != []


def test_an_id_of_a_hundred_and_twenty_letters_has_its_place(both):
    id = "2025-03-14-" + "1-" * 54
    article = make_article(id=(id + "9" * 120)[:110])
    claim = make_claim(article, "All 62 passengers were safe", "Mira Holt")
    for store in both:
        store.add(article, (claim,))
        assert store.claim(claim.id).article_id == article.id
    assert [one.id for one in both[0].articles()] == [one.id for one in both[1].articles()]


def test_a_hostile_id_is_unknown_as_in_a_folder(both):
    for id in (*HOSTILE, "../../etc/passwd", "con", ID + "/", f"{ID}-35.json", "x" * 5000, "%", ""):
        told = []
        for store in both:
            for look_up in (store.claim, store.article, store.evidence, store.speaker, store.document):
                with pytest.raises(ClaimtrackError) as caught:
                    look_up(id)
                told.append(str(caught.value))
        assert told[:5] == told[5:]


def test_a_database_of_another_name_that_needs_quotes_is_opened(server):
    name = "news'; DROP TABLE x; --\" 100%s 🙂"
    quoted = name.replace('"', '""')
    server.run_sql(f'CREATE DATABASE "{quoted}" TEMPLATE template_news')
    with Store.open(server.address(quote(name, safe="")), create=False) as store:
        store.add(ARTICLE, CLAIMS)
        assert store.name == name
        assert store.claims(speaker="Holt").count() == 1

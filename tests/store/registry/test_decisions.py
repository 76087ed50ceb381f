"""What people decide about speakers: remembered in plain JSON, undone without a trace, never contradicting itself."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.errors import DocumentError, NotFoundError, SpeakerError
from claimtrack.models import SpeakerDecision, SpeakerRecord
from claimtrack.store import Store
from tests.store import by_hand
from tests.store.registry.newsroom import body, pairs, person, said_by, spoken

AT = "2025-04-07T09:30:00Z"


@pytest.fixture
def newsroom(store):
    """Give a store in which Mira Holt speaks under three names."""
    president = person(None, role="the Azerbaijani president")
    aliyev = person("Ilham Aliyev", role="Azerbaijani President")
    store.add(*said_by("Mira Holt", "M. Holt", "Holt, Mira", "Tomas Reyle", aliyev, president))
    return store


def test_a_confirmed_name_is_found_with_the_speaker_and_not_suggested_again(newsroom):
    assert spoken(newsroom, "Mira") == ["Mira Holt", "Holt, Mira"]
    record = newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana", why="One harbour master.", at=AT)
    assert record == SpeakerRecord(
        id="mira-holt",
        name="Mira Holt",
        kind="person",
        same_as=(SpeakerDecision(name="M. Holt", by="ana", at=AT, why="One harbour master."),),
    )
    assert newsroom.speaker("mira-holt") == record
    assert spoken(newsroom, "Mira") == ["Mira Holt", "M. Holt", "Holt, Mira"]
    assert frozenset(("M. Holt", "Mira Holt")) not in pairs(newsroom)
    assert next((one.id, one.claims) for one in newsroom.registry.find_speakers()) == ("mira-holt", 2)


def test_confirming_changes_no_claim(newsroom, snapshot):
    before = snapshot()
    newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana")
    assert {path for path, file in snapshot().items() if before.get(path) != file} == {"speakers/mira-holt.json"}


def test_a_rejected_pair_never_comes_again(newsroom):
    newsroom.registry.reject("M. Holt", "Mira Holt", by="ana", at=AT)
    assert frozenset(("M. Holt", "Mira Holt")) not in pairs(newsroom, min_score=0)
    newsroom.registry.add("M. Holt")
    newsroom.add(*said_by("M. Holt", "Mira Holt", day="2025-05-01"))
    assert frozenset(("M. Holt", "Mira Holt")) not in pairs(newsroom, min_score=0)
    assert spoken(newsroom, "mira-holt") == ["Mira Holt", "Mira Holt"]


def test_a_decision_is_the_same_whichever_name_comes_first(tmp_path):
    written = []
    for number, names in enumerate([("M. Holt", "Mira Holt"), ("Mira Holt", "M. Holt")]):
        store = Store(tmp_path / f"newsroom-{number}")
        store.add(*said_by(*names))
        store.registry.confirm(*names, by="ana", at=AT)
        written.append((store.folder / "speakers/mira-holt.json").read_bytes())
    assert written[0] == written[1]


def test_two_records_that_are_confirmed_stay_two_files_and_count_as_one(newsroom):
    first = newsroom.registry.add("Mira Holt")
    second = newsroom.registry.add("Captain Holt", aliases=("M. Holt",))
    newsroom.registry.confirm(second.id, first.id, by="ana", at=AT)
    assert newsroom.speaker("mira-holt") == first
    assert newsroom.speaker("captain-holt").same_as == (SpeakerDecision(speaker="mira-holt", by="ana", at=AT),)
    (known, *_) = newsroom.registry.find_speakers()
    assert (known.records, known.claims) == (("captain-holt", "mira-holt"), 2)
    for asked in first.id, second.id:
        assert spoken(newsroom, asked) == ["Mira Holt", "M. Holt"]


def test_what_is_undone_leaves_every_file_as_it_was(newsroom, snapshot):
    newsroom.registry.add("Mira Holt")
    newsroom.registry.add("Captain Holt")
    before = {path: data for path, (data, _) in snapshot().items()}
    for decide in (newsroom.registry.confirm, newsroom.registry.reject):
        for one, other in [("M. Holt", "mira-holt"), ("Captain Holt", "Mira Holt")]:
            decide(one, other, by="ana")
            newsroom.registry.undo(other, one)
            assert {path: data for path, (data, _) in snapshot().items()} == before


def test_undoing_what_nobody_decided_is_an_error_that_says_so(newsroom):
    newsroom.registry.add("Mira Holt")
    with pytest.raises(NotFoundError, match=r"nothing is decided about 'M\. Holt' and 'mira-holt'"):
        newsroom.registry.undo("M. Holt", "mira-holt")


def test_a_rejection_takes_the_place_of_a_confirmation_and_back(newsroom):
    newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana")
    rejected = newsroom.registry.reject("M. Holt", "Mira Holt", by="tom")
    assert (rejected.same_as, [one.by for one in rejected.not_same_as]) == ((), ["tom"])
    confirmed = newsroom.registry.confirm("Mira Holt", "M. Holt", by="ana")
    assert ([one.by for one in confirmed.same_as], confirmed.not_same_as) == (["ana"], ())


def test_a_role_can_be_somebodys_for_a_time(store):
    president = person(None, role="the Russian president")
    for day in ("2010-05-01", "2015-05-01"):
        store.add(*said_by(president, day=day))
    medvedev, putin = store.registry.add("Dmitry Medvedev"), store.registry.add("Vladimir Putin")
    until, since = "2012-05-06", "2012-05-07"
    store.registry.confirm("Russian president", medvedev.id, by="ana", since="2008-05-07", until=until)
    store.registry.confirm("the Russian president", putin.id, by="ana", since=since)
    assert [claim.article_id[:4] for claim in store.claims(speaker="Medvedev")] == ["2010"]
    assert [claim.article_id[:4] for claim in store.claims(speaker="Putin")] == ["2015"]
    again = store.registry.confirm("Russian president", putin.id, by="ana", since="2000-05-07", until="2008-05-06")
    assert [one.since for one in again.same_as] == ["2000-05-07", "2012-05-07"]


def test_days_do_not_go_with_two_records(newsroom):
    one, other = newsroom.registry.add("Mira Holt"), newsroom.registry.add("Captain Holt")
    with pytest.raises(SpeakerError, match="days go with a name"):
        newsroom.registry.confirm(one.id, other.id, by="ana", since="2020-01-01")


def test_a_merge_that_others_have_ruled_out_is_refused(newsroom, snapshot):
    for name in ("Mira Holt", "Captain Holt", "Councillor Holt"):
        newsroom.registry.add(name)
    newsroom.registry.confirm("mira-holt", "captain-holt", by="ana")
    newsroom.registry.reject("mira-holt", "councillor-holt", by="tom", at=AT)
    before = snapshot()
    with pytest.raises(SpeakerError, match=rf"told apart by tom, {AT}.*undo\(\) one"):
        newsroom.registry.confirm("captain-holt", "councillor-holt", by="ana")
    newsroom.registry.confirm("M. Holt", "captain-holt", by="ana")
    with pytest.raises(SpeakerError, match="told apart at once"):
        newsroom.registry.reject("M. Holt", "mira-holt", by="tom")
    newsroom.registry.undo("M. Holt", "captain-holt")
    assert {path: data for path, (data, _) in snapshot().items()} == {path: data for path, (data, _) in before.items()}


def test_a_name_of_several_records_must_be_told_by_id(newsroom):
    ids = [newsroom.registry.add("Mira Holt").id for _ in range(2)]
    assert ids == ["mira-holt", "mira-holt-2"]
    with pytest.raises(SpeakerError, match="a name of several records; give the id of one: mira-holt, mira-holt-2"):
        newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana")
    assert newsroom.registry.confirm("M. Holt", "mira-holt-2", by="ana").id == "mira-holt-2"


@pytest.mark.parametrize(("one", "other"), [("Mira Holt", "MIRA  HOLT"), ("mira-holt", "Mira Holt")])
def test_one_speaker_alone_cannot_be_decided_about(newsroom, one, other):
    newsroom.registry.add("Mira Holt")
    with pytest.raises(SpeakerError, match=r"one name|names of one record"):
        newsroom.registry.confirm(one, other, by="ana")


def test_two_confirmed_names_are_undone_one_by_one(newsroom):
    newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana")
    newsroom.registry.confirm("M. Holt", "Holt, Mira", by="ana")
    with pytest.raises(SpeakerError, match=r"both confirmed for mira-holt; undo one"):
        newsroom.registry.undo("M. Holt", "Holt, Mira")
    newsroom.registry.undo("M. Holt", "mira-holt")
    assert [one.name for one in newsroom.speaker("mira-holt").same_as] == ["Holt, Mira"]


def test_a_name_told_apart_before_it_had_a_record_is_undone_with_it(newsroom):
    newsroom.registry.add("Mira Holt")
    newsroom.registry.reject("M. Holt", "mira-holt", by="ana")
    newsroom.registry.add("M. Holt")
    newsroom.registry.reject("m-holt", "mira-holt", by="ana")
    assert [len(record.not_same_as) for record in newsroom.speakers()] == [1, 0]
    newsroom.registry.undo("mira-holt", "M. Holt")
    assert [(record.same_as, record.not_same_as) for record in newsroom.speakers()] == [((), ()), ((), ())]


def test_names_that_nobody_has_are_an_error(newsroom):
    with pytest.raises(NotFoundError, match=r"neither 'Mira Hott' nor 'M\. Hott'"):
        newsroom.registry.confirm("Mira Hott", "M. Hott", by="ana")
    assert list(newsroom.speakers()) == []


def test_a_third_name_joins_the_record_that_has_the_second(newsroom):
    newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana")
    newsroom.registry.confirm("M. Holt", "Holt, Mira", by="ana")
    assert spoken(newsroom, "mira-holt") == ["Mira Holt", "M. Holt", "Holt, Mira"]
    assert len(list(newsroom.speakers())) == 1


@pytest.mark.parametrize("fields", [{"by": ""}, {"by": "ana\n"}, {"at": "yesterday"}, {"since": "2025-02-30"}])
def test_a_decision_that_is_not_valid_is_refused_and_nothing_is_written(newsroom, fields):
    with pytest.raises(DocumentError):
        newsroom.registry.confirm("M. Holt", "Mira Holt", **({"by": "ana"} | fields))
    assert list(newsroom.speakers()) == []


def test_a_broken_record_stands_in_the_way_of_decisions_and_is_kept(newsroom):
    newsroom.registry.add("Mira Holt")
    by_hand.edit(newsroom, "mira-holt", "person", "persona")
    before = by_hand.read(newsroom, "mira-holt")
    with pytest.raises(DocumentError, match="persona"):
        newsroom.registry.confirm("M. Holt", "mira-holt", by="ana")
    assert by_hand.read(newsroom, "mira-holt") == before


def test_a_store_with_decisions_is_valid(newsroom):
    newsroom.registry.confirm("M. Holt", "Mira Holt", by="ana")
    newsroom.registry.reject("Mira Holt", "Tomas Reyle", by="ana")
    assert list(newsroom.validate()) == []
    assert json.loads(by_hand.read(newsroom, "mira-holt"))["not_same_as"][0]["by"] == "ana"


# --- hostile names ------------------------------------------------------------------------------------------------

HOSTILE = [
    "../../etc/passwd",
    "..",
    "con",
    "CON.",
    "\u202eerihw\u202c Holt",
    "Х" * 1999,
    "a b " * 499,
    "🙂🙂",
    "'; DROP TABLE speakers; --",
    "[bold red]Holt[/]",
    "Holt.json",
    "\ufeffHolt",
    "'s",
    "( “",
    ", Jr.",
    "von der",
    "Dr.",
    "of the",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_as_it_is_and_leads_nowhere(store, tmp_path, name):
    store.add(*said_by(name, "Mira Holt", body(name, role=name)))
    record = store.registry.confirm(name, "Mira Holt", by=name[:2000], why=name)
    store.registry.add(name, aliases=(name,), kind="organization")
    written = {path for path in by_hand.look_at(store) if not path.startswith(("articles/", "claims/2025/"))}
    assert written == {"claimtrack.json", *(f"speakers/{record.id}.json" for record in store.speakers())}
    assert {path.name for path in tmp_path.iterdir()} <= {"newsroom"}
    assert list(store.validate()) == []
    store.registry.find_matches(min_score=0)
    assert record.same_as[0].name in (name, "Mira Holt")


def test_a_name_of_ten_thousand_letters_is_refused_like_any_that_is_no_line(store):
    with pytest.raises(DocumentError):
        store.registry.add("x" * 10_000)
    with pytest.raises(DocumentError):
        store.registry.add("Mira\nHolt")
    assert list(store.speakers()) == []


# --- several at once ----------------------------------------------------------------------------------------------


def _decide(where, numbers):
    registry = Store(where).registry
    for number in numbers:
        registry.confirm(f"M. Holt {number}", "mira-holt", by=f"process {number % 2}")


def test_two_processes_that_confirm_at_once_lose_nothing(newsroom):
    newsroom.registry.add("Mira Holt")
    context = multiprocessing.get_context("spawn")
    halves = [
        context.Process(target=_decide, args=(by_hand.where(newsroom), range(start, 40, 2))) for start in range(2)
    ]
    for half in halves:
        half.start()
    for half in halves:
        half.join()
    assert [half.exitcode for half in halves] == [0, 0]
    record = newsroom.speaker("mira-holt")
    assert {one.name for one in record.same_as} == {f"M. Holt {number}" for number in range(40)}
    assert list(newsroom.validate()) == []


def test_a_process_killed_while_it_decides_leaves_whole_records(newsroom):
    newsroom.registry.add("Mira Holt")
    # All is ready but for the last step: the rename of a file, the facts of a row.
    if by_hand.is_folder(newsroom):
        die_at = "from claimtrack.store.files import disk; disk.rename = die"
    else:
        die_at = "from claimtrack.store.database import batch; batch.write_facts = die"
    code = (
        "import os, sys; from claimtrack.store import Store\n"
        "store = Store(sys.argv[1])\n"
        "def die(*args, **more): os.kill(os.getpid(), 9)\n"
        f"{die_at}\n"
        "store.registry.confirm('M. Holt', 'mira-holt', by='ana')"
    )
    done = subprocess.run([sys.executable, "-c", code, by_hand.where(newsroom)], check=False)
    assert done.returncode == -9
    assert newsroom.speaker("mira-holt").same_as == ()
    newsroom.registry.confirm("M. Holt", "mira-holt", by="ana")
    assert len(newsroom.speaker("mira-holt").same_as) == 1
    assert list(newsroom.validate()) == []


# --- any decisions in any order -----------------------------------------------------------------------------------

_IDS = ("ana-silva", "anna-silva", "a-silva")
_SUBJECTS = (*_IDS, "A. Silva", "Silva", "Anna M. Silva")
_STEPS = st.lists(
    st.tuples(st.sampled_from(["confirm", "reject"]), st.sampled_from(_IDS), st.sampled_from(_SUBJECTS)),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_any_decisions_undone_in_any_order_give_the_records_back(tmp_path_factory, steps):
    store = Store(tmp_path_factory.mktemp("newsroom") / "store")
    store.add(*said_by("Anna Silva", "Ana Silva", "A. Silva", "Silva", "Anna M. Silva"))
    for id, name in zip(_IDS, ("Ana Silva", "Anna Silva", "Alma Silva"), strict=True):
        store.save(SpeakerRecord(id=id, name=name, kind="person"))
    before = list(store.speakers())
    done: dict[frozenset[str], tuple[str, str, str]] = {}
    for action, one, other in steps:
        try:
            getattr(store.registry, action)(one, other, by="ana")
        except (SpeakerError, NotFoundError):
            continue
        done[frozenset((one, other))] = (action, one, other)
    for action, one, other in done.values():
        if action == "reject":
            assert not {*_names(store, one)} & {*_names(store, other)}
    for _, one, other in done.values():
        store.registry.undo(one, other)
    assert list(store.speakers()) == before


def _names(store, subject):
    """Give the groups of records that a name or an id stands for."""
    return [one.id for one in store.registry.find_speakers() if subject in one.records and one.id]

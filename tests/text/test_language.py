"""English is told from other languages, so that English cues are never looked for where they mean nothing."""

from __future__ import annotations

import json

import pytest

from claimtrack.extract import extract_claims, find_attributions
from claimtrack.read import read_article
from claimtrack.text import is_english
from tests.extract.articles import shared

OTHERS = {
    "Russian": "Министр заявил во вторник, что мост будет закрыт на неделю. «Мы не знали об этом и очень сожалеем», — сказал он.",
    "Ukrainian": "Міністр повідомив, що міст закриють на тиждень, бо роботи ще тривають і безпека людей понад усе.",
    "Spanish": "El ministro dijo el martes que el puente estará cerrado durante una semana y que las obras ya han empezado.",
    "Portuguese": "O ministro disse na terça-feira que a ponte ficará fechada durante uma semana por causa das obras na margem.",
    "French": "Le ministre a déclaré mardi que le pont serait fermé pendant une semaine en raison des travaux sur la rive.",
    "Italian": "Il ministro ha detto martedì che il ponte resterà chiuso per una settimana a causa dei lavori sulla riva.",
    "German": "Der Minister sagte am Dienstag, die Brücke werde wegen der Bauarbeiten am Ufer eine Woche lang gesperrt sein.",
    "Dutch": "De minister zei dinsdag dat de brug een week dicht blijft vanwege de werkzaamheden aan de oever van de rivier.",
    "Swedish": "Ministern sade på tisdagen att bron kommer att vara stängd i en vecka på grund av arbetena vid stranden.",
    "Norwegian": "Ministeren sa tirsdag at broen vil være stengt i en uke på grunn av arbeidet ved bredden av elven i byen.",
    "Polish": "Minister powiedział we wtorek, że most będzie zamknięty przez tydzień z powodu prac na brzegu rzeki w mieście.",
    "Czech": "Ministr v úterý řekl, že most bude týden uzavřen kvůli pracím na břehu řeky a že bezpečnost lidí je důležitá.",
    "Turkish": "Bakan salı günü köprünün kıyıdaki çalışmalar nedeniyle bir hafta boyunca kapalı kalacağını ve yeniden açılacağını söyledi.",
    "Indonesian": "Menteri mengatakan pada hari Selasa bahwa jembatan itu akan ditutup selama seminggu karena pekerjaan di tepi sungai.",
    "Chinese": "部长周二表示，由于河岸施工，这座桥将关闭一周。",
    "Arabic": "قال الوزير يوم الثلاثاء إن الجسر سيغلق لمدة أسبوع بسبب الأعمال على ضفة النهر.",
    "Greek": "Ο υπουργός είπε την Τρίτη ότι η γέφυρα θα μείνει κλειστή για μία εβδομάδα λόγω των έργων στην όχθη.",
    "Hindi": "मंत्री ने मंगलवार को कहा कि नदी के किनारे काम के कारण पुल एक सप्ताह तक बंद रहेगा।",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_not_taken_for_english(language: str) -> None:
    assert not is_english(OTHERS[language])


def test_english_is_known_also_with_foreign_names_and_words() -> None:
    assert is_english("Präsident Müller said that the Brücke would be closed, and that the works had begun in May.")
    assert is_english("")
    assert is_english("Ferry sinks off Port Elba")


def test_text_in_another_language_gets_a_finding_and_its_quotations() -> None:
    claims = extract_claims(read_article(text=OTHERS["Russian"]))
    assert [finding.code for finding in claims.findings] == ["language-not-english"]
    assert [claim.statement for claim in claims] == ["Мы не знали об этом и очень сожалеем"]


def test_english_cues_are_never_applied_to_another_language() -> None:
    text = OTHERS["German"] + " Said sagte, das Problem (the problem) said er nicht, und added Value sei kein Wort."
    assert find_attributions(text) == ()
    assert find_attributions(text, tagger="rules") == ()


def test_a_name_and_a_colon_before_a_quotation_name_its_source() -> None:
    text = "Анна Петрова: «Мы не знали об этом и очень сожалеем о случившемся». Мост закрыт на неделю."
    (found,) = find_attributions(text)
    assert found.source is not None
    assert found.source.of(text) == "Анна Петрова"


def test_every_article_of_the_english_corpus_is_taken_for_english() -> None:
    lines = shared("data/polnear/dev.jsonl").read_text("utf-8").splitlines()
    assert [one["id"] for one in map(json.loads, lines) if not is_english(one["text"])] == []

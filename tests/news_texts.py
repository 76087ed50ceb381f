"""Texts for properties: pieces of news in any order, and any characters that a document may hold."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "The bridge is safe",
    "Mayor Ann Silva said",
    "said the president",
    "the ministry told reporters that",
    "according to the port authority",
    "adding that 29 people survived",
    "“We never knew",
    "we will not wait”",
    '"It was quiet"',
    "‘never’",
    "she added",
    "Dr. Arendt",
    "U.S. officials",
    "No. 3",
    "at 5:40 a.m.",
    "$3.5 million",
    "about 1,200 people",
    "between 10 and 12 percent",
    "Embraer 190",
    "on Thursday",
    "in 1998",
    "who asked not to be named",
    "Kyiv: talks go on",
    "https://port.example/a.b",
    "don't",
    "Präsidentin Müller",
    "الرئيس",
    "速報",
    "🚢",
)
JOINTS = (" ", ", ", ". ", ".", "\n", "\n\n", "\r\n", ": ", "; ", " - ", "\xa0", "? ", "! ", " (", ") ")

news = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), max_size=25).map(
    lambda pairs: "".join(piece + joint for piece, joint in pairs)
)
"""Text that looks like news to the rules, in an order that no editor would pass."""

anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200)
"""Any text that a document may hold."""

wild = st.text(st.sampled_from("aA1 .,:;!?\n\r\t\xa0\"'“”‘’„«»()[]-–—$%\u200f\u202e\U0001f6a2é"), max_size=120)
"""Few characters, so that marks meet in all ways."""

texts = st.one_of(news, wild, anything)

"""Documents of any length and number for measuring: invented sentences with changing names."""

from __future__ import annotations

from random import Random

PLACES = ("Wend", "Orrin", "Hollin", "Tarn", "Velm", "Castrow", "Sallow Bay", "Dunmere")
PEOPLE = ("Ada Foll", "Bram Tessen", "Irsa Kole", "Davin Roke", "Oda Brisk", "Jorun Pask")
BODIES = ("the river council", "the ferry guild", "the board of works", "the growers’ union")
MATTERS = ("the new bridge", "the winter toll", "the tidal barrier", "the night ferry")
SENTENCES = (
    "{Body} of {place} opposes {matter}, which would cost {number} million crowns.",
    "“We were never asked about {matter},” said {person}, who speaks for {body}.",
    "{person} warned that {matter} might close {number} workshops before the spring.",
    "According to {body}, traffic through {place} fell by {number} per cent last year.",
    "{place} appears to want a delay rather than a decision.",
    "{person} and {other} said that {place} would pay for half of {matter}.",
    "Work on {matter} began in March and stopped after {number} days.",
    "Nobody in {place} can say when {matter} will open.",
    "{Body} demands a ceiling of {number} crowns a month for every household.",
    "The first plan for {matter} was drawn up in {place} {number} years ago.",
    "“It is a gift to {place} and a bill for the rest,” {person} told a meeting on Tuesday.",
    "In a letter, {body} offered to lend {number} barges if {place} keeps the old quay.",
    "Perhaps {matter} was always meant to fail.",
    "{person} denies that {body} has seen the figures for {matter}.",
)


def document(number: int, *, words: int) -> str:
    """The text of document `number`, of so many words or a few more, with its author's name."""
    random = Random(number)  # noqa: S311 - it picks words
    text = [f"By {random.choice(PEOPLE)}"]
    while sum(len(paragraph.split()) for paragraph in text) < words:
        text.append(" ".join(sentence(random) for _ in range(random.randint(3, 5))))
    return "\n\n".join(text) + "\n"


def sentence(random: Random) -> str:
    """One sentence about somebody and something."""
    body = random.choice(BODIES)
    person, other = random.sample(PEOPLE, 2)
    return random.choice(SENTENCES).format(
        body=body,
        Body=body[0].upper() + body[1:],
        person=person,
        other=other,
        place=random.choice(PLACES),
        matter=random.choice(MATTERS),
        number=random.randint(3, 90),
    )

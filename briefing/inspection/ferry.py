"""The made-up story that most fixtures tell: a town gives up its night ferry.

In: how each piece of wording is dressed. Out: findings with something in every section: all kinds
of contest, every basis, hedges, second-hand words, a reworded line, a matrix and a timeline.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from briefing.document import Document
from briefing.findings import FORMAT, Findings, Method, Refusal, Unknown
from briefing.inspection.invented import (
    Said,
    cell,
    contest,
    event,
    evidence,
    findings_of,
    matrix,
    readings,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["name", "title", "sentence", "issue", "note", "address", "model"]
"""What a piece of wording is; a sentence's may grow only at its end."""

DATE = "2026-11-22"

QUILL, CREWS, COUNCIL, MINISTRY, OPERATOR, TOWN = (
    "Nora Quill",
    "The Strait Crews’ Union",
    "The council of Anmouth",
    "Ministry for Coasts",
    "Blue Strait Lines",
    "The town of Torvik",
)

HERALD = (
    "The council of Anmouth will end the night ferry across the strait on 1 March 2027.",
    "“We cannot keep paying for empty decks,” said Nora Quill, who leads the council.",
    "The crews’ union opposes the closure and demands talks before Christmas.",
    "Each crossing costs the town about 900 crowns.",
    "The council probably hopes that the ministry will step in.",
    "The operator told Nora Quill that two of its ships may be sold.",
    "A year ago the council supported a longer trial of the night ferry.",
    "Lorry traffic over the mountain road could double within two winters.",
)
UNION = (
    "We reject the end of the night ferry.",
    "Each crossing costs 640 crowns, by the operator’s own books.",
    "If the council pays half, our members would accept fewer sailings.",
    "The first night ferry sailed in May 1998.",
    "Who will bring night nurses home?",
    "A hearing is set for 14 January 2027.",
    "No ship can leave the route before its repair is paid for.",
    "The council now opposes any sailing in winter.",
)
DECKS = "We cannot keep paying for empty decks"
NOTE = (
    "The ministry has no plan to take over the route.",
    "It expects the council to publish the accounts of the route by 20 January 2027.",
    "The operator denies that any of its ships will be sold.",
    "How many passengers travel at night is not known.",
)
TORVIK = (
    "Die Nachtfähre ist für Torvik unverzichtbar.",
    "Wir würden uns an den Kosten beteiligen.",
    "Der Gemeinderat von Anmouth beendet die Nachtfähre am 1. März.",
)
SENTENCES = (HERALD, UNION, NOTE, TORVIK)


def plain(_kind: Kind, text: str) -> str:
    """Wording as it is."""
    return text


def ferry(dress: Callable[[Kind, str], str] = plain, *, language: str = "en") -> Findings:
    """The story in full.

    Args:
        dress: Gives each piece of wording the form in which it is printed.
        language: Of the brief's own wording.
    """
    sentences = tuple(tuple(dress("sentence", one) for one in each) for each in SENTENCES)
    herald, union, note, torvik = sentences
    documents = sources(dress, sentences)
    name = {one: dress("name", one) for one in (QUILL, CREWS, COUNCIL, OPERATOR)}
    route, costs, ships = (dress("issue", one) for one in ("the night ferry", "costs", "ships"))

    ending = Said(0, herald[0], stance="states", issue=route, also=((3, torvik[2]),))
    decks = Said(
        0, DECKS, name[QUILL], basis="reported", quoted=True, stance="rejects", issue=costs
    )
    talks = Said(0, herald[2], name[CREWS], basis="reported", stance="demands", issue=route)
    dear = Said(0, herald[3], hedges=("about",), issue=costs)
    hope = Said(
        0, herald[4], name[COUNCIL], basis="inferred", stance="expects", hedges=("probably",),
        issue=costs,
    )  # fmt: skip
    second_hand = Said(
        0, herald[5], name[OPERATOR], via=(name[QUILL],), basis="reported", stance="warns",
        hedges=("may",), issue=ships,
    )  # fmt: skip
    trial = Said(
        0, herald[6], name[COUNCIL], basis="reported", stance="supports", issue=route, past=True
    )
    lorries = Said(
        0, herald[7], hedges=("could",),
        text=dress("sentence", "Twice as many lorries could take the mountain road."),
        also=((1, union[5]),),
    )  # fmt: skip
    reject = Said(1, union[0], stance="opposes", issue=route)
    cheap = Said(1, union[1], issue=costs)
    half = Said(1, union[2], stance="accepts", hedges=("would",), issue=costs, conditional=True)
    first_sailing = Said(1, union[3])
    hearing = Said(1, union[5])
    repair = Said(1, union[6], issue=ships)
    winter = Said(1, union[7], name[COUNCIL], basis="reported", stance="opposes", issue=route)
    no_plan = Said(2, note[0], stance="rejects", issue=costs)
    accounts = Said(2, note[1], stance="expects", issue=costs)
    denial = Said(2, note[2], name[OPERATOR], basis="reported", stance="denies", issue=ships)
    needed = Said(3, torvik[0], stance="supports", issue=route)
    share = Said(3, torvik[1], stance="offers", hedges=("würden",), issue=costs)

    told = (ending, decks, talks, dear, hope, second_hand, trial, lorries, reject, cheap, half,
            first_sailing, hearing, repair, winter, no_plan, accounts, denial, needed, share)  # fmt: skip
    return Findings(
        format=FORMAT,
        title=dress("title", "Anmouth gives up its night ferry, and its neighbours object"),
        date=DATE,
        language=language,
        focus=dress("note", "who pays for the night ferry"),
        method=Method("1.0", dress("model", "reader"), "5e" * 32, dress("model", "verbatim")),
        documents=documents,
        readings=readings(documents, sentences, told),
        bottom_line=findings_of(documents, (ending,), "bottom_line"),
        summary=findings_of(documents, (decks, no_plan, needed), "summary"),
        claims=findings_of(
            documents, (lorries, hope, accounts, repair, first_sailing, hearing), "claims"
        ),
        positions=findings_of(
            documents, (talks, decks, hope, half, second_hand, trial, share, no_plan), "positions"
        ),
        contested=(
            contest(documents, "figures", dress("issue", "the cost of a crossing"), dear, cheap),
            contest(documents, "denial", ships, second_hand, denial),
            contest(documents, "stances", route, reject, trial),
        ),
        unknowns=(
            Unknown("said_open", (2,), (), (evidence(documents, 2, note[3]),)),
            Unknown("open_question", (1,), (), (evidence(documents, 1, union[4]),)),
            Unknown("undated", (2,)),
            Unknown("never_quoted", (0,), (name[CREWS], name[OPERATOR])),
            Unknown("single_origin", (0, 1), counts=(4, 6)),
        ),
        refusals=tuple(
            Refusal(dress("note", reason), dress("note", text), "summary", 0)
            for reason, text in (
                ("A number stands in no source", "Each crossing costs 9,000 crowns."),
                ("The holder is another", "The ministry opposes the closure."),
            )
        ),
        notices=tuple(
            dress("note", text)
            for text in (
                "ferry.txt was given twice and read once",
                "note.pdf has no date",
                "torvik.html is in German: its statements were found with less certainty",
                "Two headings of herald.html were left out",
            )
        ),
        off_focus=3,
        matrix=matrix(
            (
                cell(documents, name[COUNCIL], route, winter, trial),
                cell(documents, name[COUNCIL], costs, hope),
                cell(documents, name[CREWS], route, talks),
                cell(documents, documents[1].voice, route, reject),
                cell(documents, documents[1].voice, costs, half, cheap),
                cell(documents, name[OPERATOR], ships, denial, second_hand),
                cell(documents, documents[3].voice, route, needed),
                cell(documents, documents[3].voice, costs, share),
            )
        ),
        timeline=(
            event(documents, "1998-05", first_sailing, 3),
            event(documents, "2027-01-14", hearing, 1),
            event(documents, "2027-01-20", accounts, 2),
            event(documents, "2027-03-01", ending, 0),
        ),
    )


def sources(
    dress: Callable[[Kind, str], str], sentences: tuple[tuple[str, ...], ...]
) -> tuple[Document, ...]:
    """The story's four documents: by an author, by a publisher, undated, in German."""
    herald, union, note, torvik = sentences
    return (
        document(
            "herald.html",
            herald,
            title=dress("title", "Council drops the night ferry"),
            authors=(dress("name", "Elin Marsh"),),
            publisher=dress("name", "Anmouth Herald"),
            date="2026-11-12",
            url=dress("address", "https://herald.example/night-ferry"),
        ),
        document(
            "union.txt",
            union,
            title=dress("title", "Keep us sailing"),
            publisher=dress("name", CREWS),
            date="2026-11-15",
            url=dress("address", "https://crews.example/statements/4"),
        ),
        document("note.pdf", note, publisher=dress("name", MINISTRY)),
        document(
            "torvik.html",
            torvik,
            title=dress("title", "Ohne Fähre kein Torvik"),
            authors=(dress("name", "Jens Torvik"), dress("name", "Ada Lund")),
            date="2026-11-18",
            language="de",
        ),
    )


def document(name: str, sentences: tuple[str, ...], **given: object) -> Document:
    """A made-up source of these sentences."""
    text = " ".join(sentences)
    table = {"language": "en", "sha256": sha256(text.encode()).hexdigest()} | given
    return Document(name, text, **table)  # type: ignore[arg-type]  # fields of Document

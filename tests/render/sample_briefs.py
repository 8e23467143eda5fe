"""Briefs for the rendering tests: a full one, a bare one, a hostile one; all texts are invented."""

from __future__ import annotations

from dataclasses import replace

from briefing.brief import Brief, Cut, Dated, Dispute, Line, SourceEntry
from briefing.document import Document, Span
from briefing.findings import CUT, Method, Piece, Quotation, Refusal

DOCUMENTS = (
    Document(
        name="seeds/harbour/dues.txt",
        title="Higher dues from spring",
        authors=("Mira Hollin",),
        publisher="Ellmouth Courier",
        date="2026-11-14",
        url="https://courier.example/ports/higher-dues-from-spring",
        language="en",
        sha256="3f9a1c07be52d4" + "0" * 50,
        text=(
            "The Ellmouth Harbour Board will raise dues by 12 per cent from 1 April, the first "
            "increase in nine years. The board says the money pays for dredging the northern "
            "channel, which silted up after two stormy winters. “Without the northern channel we "
            "lose the grain ships, and with them a third of our income,” said Odo Brandt, who "
            "chairs the board. The quay workers’ union supports the increase as long as every "
            "vacant post at the locks is filled by June. It appears that no one has yet asked the "
            "two shipyards upstream. The last increase was followed by a fall in traffic that "
            "lasted for eighteen months. The board probably underestimates how quickly small "
            "carriers can move to Saltby."
        ),
    ),
    Document(
        name="seeds/harbour/ferry.html",
        title="A fare by another name",
        authors=("Tarn Valley Ferry Users",),
        date="2026-11-17",
        url="https://ferryusers.example/statement",
        language="en",
        sha256="a81e44d0337c19" + "0" * 50,
        text=(
            "We reject the new dues. Every crossing will cost about forty pence more, and the "
            "people who pay are commuters, not grain merchants. The harbour board could borrow "
            "the cost of dredging over twenty years and leave fares where they are. We ask the "
            "regional council to hold a public hearing before the end of February. If there is no "
            "hearing, our members may withhold the landing fee."
        ),
    ),
    Document(
        name="seeds/harbour/ministry.pdf",
        publisher="Ministry of Inland Waters",
        title="Note on harbour dues",
        date=None,
        url=None,
        language="en",
        sha256="0c5d77aa91e2f3" + "0" * 50,
        text=(
            "The ministry has no power to set dues in municipal harbours. It expects boards to "
            "publish the cost of works before dues rise, and will not fund dredging in Ellmouth "
            "in the coming year. Two carriers have told the ministry that they would move part of "
            "their traffic to Saltby if dues rose by more than ten per cent."
        ),
    ),
    Document(
        name="feeds/saltby.xml#412",
        title="Platz für alle",
        authors=("Hafenamt Saltby",),
        date="2026-11-19",
        url="https://saltby.example/412",
        language="de",
        sha256="77b2d9e6150acc" + "0" * 50,
        text=(
            "Saltby hat im kommenden Jahr zwei freie Liegeplätze. Wir werben niemanden ab, aber "
            "wer kommen will, ist willkommen."
        ),
    ),
)

DRAFT = "Draft, machine-generated"


def quotation(document: int, *words: str) -> Quotation:
    """Quote stretches of a sample document; between two of them stands a cut."""
    pieces = []
    for number, stretch in enumerate(words):
        start = DOCUMENTS[document].text.index(stretch)
        pieces.append(Piece(Span(start, start + len(stretch)), CUT if number else ""))
    return Quotation(DOCUMENTS, document, tuple(pieces))


def line(
    name: str,
    document: int,
    *words: str,
    lead: str,
    actor: str = "",
    stance: str = "states",
    basis: str = "asserted",
    label: str = "own words",
    hedges: tuple[str, ...] = (),
    support: tuple[int, ...] = (),
) -> Line:
    """One printed statement from words of a sample document; `support` numbers other sources."""
    return Line(
        id=name,
        lead=lead,
        quotation=quotation(document, *words),
        holder=actor or lead.rsplit(" ", 1)[0],
        actor=actor,
        stance=stance,
        stance_label=stance,
        basis=basis,
        basis_label=label,
        hedges=hedges,
        sources=tuple(sorted((document + 1, *support))),
        origins=1 + len(support),
    )


def entry(number: int, document: Document) -> SourceEntry:
    """A sample document as listed in a brief."""
    return SourceEntry(
        number=number,
        voice=document.voice,
        title=document.title,
        name=document.name,
        publisher=document.publisher,
        date=document.date,
        url=document.url,
        language=document.language,
        language_detected=document.language_detected,
        sha256=document.sha256,
    )


BRANDT = {
    "lead": "Odo Brandt, as quoted by Mira Hollin",
    "basis": "reported",
    "label": "quoted",
}
UNION = {
    "lead": "The quay workers’ union, as reported by Mira Hollin",
    "basis": "reported",
    "label": "reported",
}


def full_brief() -> Brief:
    """A brief with something in every section."""
    return Brief(
        title="Ellmouth raises harbour dues, and ferry users refuse to pay for grain ships",
        kicker="Policy brief · 4 sources",
        date="2026-11-22",
        cutoff="2026-11-20",
        language="en",
        status=DRAFT,
        handling="For internal use",
        focus="who pays for dredging",
        bottom_line=line(
            "bottom-line-1",
            0,
            "The Ellmouth Harbour Board will raise dues by 12 per cent from 1 April",
            "the first increase in nine years.",
            lead="Mira Hollin writes",
        ),
        summary=(
            line(
                "summary-1",
                0,
                "The board says the money pays for dredging the northern channel, which silted up "
                "after two stormy winters.",
                lead="The Ellmouth Harbour Board, as reported by Mira Hollin",
                basis="reported",
                label="reported",
            ),
            line(
                "summary-2",
                2,
                "The ministry has no power to set dues in municipal harbours.",
                lead="The Ministry of Inland Waters writes",
            ),
        ),
        claims=(
            line(
                "claim-1",
                0,
                "Without the northern channel we lose the grain ships, and with them a third of "
                "our income",
                **BRANDT,
            ),
            line(
                "claim-2",
                1,
                "Every crossing will cost about forty pence more",
                "the people who pay are commuters, not grain merchants.",
                lead="Tarn Valley Ferry Users write",
                hedges=("about",),
            ),
            line(
                "claim-3",
                0,
                "The last increase was followed by a fall in traffic that lasted for eighteen "
                "months.",
                lead="Mira Hollin writes",
                support=(3,),
            ),
            line(
                "claim-4",
                3,
                "Saltby hat im kommenden Jahr zwei freie Liegeplätze.",
                lead="Hafenamt Saltby writes",
            ),
        ),
        contested=(
            Dispute(
                id="contested-1",
                kind="figures",
                label="Figures differ",
                about="what dredging “costs” ferry users",
                one=line(
                    "contested-1a",
                    0,
                    "The board says the money pays for dredging the northern channel",
                    lead="Mira Hollin reports",
                    basis="reported",
                    label="reported",
                ),
                other=line(
                    "contested-1b",
                    1,
                    "Every crossing will cost about forty pence more",
                    lead="Tarn Valley Ferry Users write",
                    hedges=("about",),
                    support=(3,),
                ),
            ),
        ),
        positions=(
            line(
                "position-1",
                1,
                "We reject the new dues.",
                lead="Tarn Valley Ferry Users write",
                actor="Tarn Valley Ferry Users",
                stance="rejects",
            ),
            line(
                "position-2",
                1,
                "We ask the regional council to hold a public hearing before the end of February.",
                lead="Tarn Valley Ferry Users write",
                actor="Tarn Valley Ferry Users",
                stance="demands",
            ),
            line(
                "position-3",
                0,
                "supports the increase as long as every vacant post at the locks is filled by June.",
                **UNION,
                actor="The quay workers’ union",
                stance="supports",
            ),
            line(
                "position-4",
                2,
                "It expects boards to publish the cost of works before dues rise, and will not "
                "fund dredging in Ellmouth in the coming year.",
                lead="The Ministry of Inland Waters writes",
                actor="The Ministry of Inland Waters",
                stance="expects",
            ),
            line(
                "position-5",
                0,
                "The board probably underestimates how quickly small carriers can move to Saltby.",
                lead="Mira Hollin infers",
                actor="The Ellmouth Harbour Board",
                stance="believes",
                basis="inferred",
                label="inferred",
                hedges=("probably",),
            ),
            line(
                "position-6",
                3,
                "Wir werben niemanden ab, aber wer kommen will, ist willkommen.",
                lead="Hafenamt Saltby writes",
                actor="Hafenamt Saltby",
                stance="offers",
            ),
        ),
        unknowns=(
            "Source 3 is undated; what it says may have changed since.",
            "The two shipyards upstream are mentioned in source 1 but never quoted.",
            "What small carriers would pay is given by a single source (source 3).",
        ),
        sources=tuple(entry(number, document) for number, document in enumerate(DOCUMENTS, 1)),
        cut=(
            Cut("claims", 3, ("a", "b", "c")),
            Cut("positions", 1, ("d",)),
            Cut("summary", 0, ()),
        ),
        refusals=(Refusal("the number stands in no source", "…", "claims", 0),),
        notices=("seeds/harbour/dues-copy.txt repeats seeds/harbour/dues.txt and was read once.",),
        method=Method("0.1.0", "reader-small", "9d3e01f7c6aa" + "0" * 52, "verbatim"),
    )


def with_events(brief: Brief) -> Brief:
    """`brief` with a timeline: a day, a month and a year."""
    author = {"lead": "Mira Hollin writes"}
    told = (
        ("2026-04-01", "will raise dues by 12 per cent from 1 April", UNION),
        ("2027-02", "silted up after two stormy winters", author),
        ("2028", "a fall in traffic that lasted for eighteen months.", author),
    )
    return replace(
        brief,
        timeline=tuple(
            Dated(f"event-{number}", date, line(f"event-{number}-line", 0, words, **given))
            for number, (date, words, given) in enumerate(told, 1)
        ),
    )


def sides(brief: Brief) -> tuple[Line, ...]:
    """Both lines of every dispute, in the order in which they are printed."""
    return tuple(line for each in brief.contested for line in (each.one, each.other))


def bare_brief() -> Brief:
    """A brief of one source in which next to nothing could be quoted."""
    brief = full_brief()
    return replace(
        brief,
        title="Note on harbour dues",
        kicker="Policy brief · 1 source",
        handling="",
        focus="",
        bottom_line=None,
        summary=(),
        claims=(),
        contested=(),
        positions=(),
        unknowns=(),
        sources=(entry(1, DOCUMENTS[2]),),
        cut=(),
        refusals=(),
        notices=(),
        method=Method("0.1.0", "stub", "", "stub"),
    )


def sparse_brief() -> Brief:
    """A brief with two claims, one position and one source."""
    brief = full_brief()
    first = brief.sources[:1]
    return replace(
        brief,
        kicker="Policy brief · 1 source",
        handling="",
        focus="",
        summary=(),
        claims=(brief.claims[0], replace(brief.claims[2], sources=(1,), origins=1)),
        contested=(),
        positions=(brief.positions[2],),
        unknowns=("Everything here rests on a single source.",),
        sources=first,
        cut=(),
        refusals=(),
        notices=(),
    )


def hostile_brief() -> Brief:
    """A brief whose strings are markup, very long, or written from right to left."""
    brief = full_brief()
    markup = "<script>alert(1)</script><img src=x onerror=y>\"'&{{ 7 * 7 }}"
    long_name = "Association of the Friends of the " + "Northern and Southern " * 12 + "Locks"
    rtl = "اتحاد الموانئ"
    return replace(
        brief,
        title=f"{markup} {long_name}",
        focus=markup,
        claims=(
            replace(
                brief.claims[0], lead=f"{long_name} writes", basis_label=f"quoted by {long_name}"
            ),
            replace(brief.claims[1], lead=f"{rtl} writes", hedges=(markup,)),
        ),
        contested=(replace(brief.contested[0], about=f"{markup} {long_name}"),),
        positions=(replace(brief.positions[0], actor=rtl, lead=f"{rtl} writes"),),
        unknowns=(markup,),
        sources=(
            replace(brief.sources[0], voice=markup, url="javascript:alert(1)"),
            replace(
                brief.sources[1], title="w" * 300, url="https://a.example/?q=%22><b>" + "x" * 200
            ),
            *brief.sources[2:],
        ),
    )

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from briefing.document import Document, Sentence, Span
from briefing.findings import AUTHOR, Actor, Position, Reading
from briefing.relate.issues import Issues, cluster_issues
from briefing.relate.phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.findings import Stance

SETTING = (
    "The ferry tolls of Ostrel are to rise, and the tolls pay for the new lighthouse at Varn."
    " Whoever crosses the sound pays the tolls, and the lighthouse has been dark since spring."
)
"""What every page opens with, so that all are about one matter."""

Row = tuple[str, str, str, str]


def page(
    *rows: Row, date: str | None = "2031-05-02", setting: str = SETTING, **given: Any
) -> tuple[Document, Reading]:
    """A document with a sentence a row (text, actor, stance, issue), all of it evidence."""
    texts = [setting, *(text for text, *_ in rows)]
    sentences, positions = [], []
    start = 0
    for number, text in enumerate(texts):
        span = Span(start, start + len(text))
        sentences.append(Sentence(span))
        start = span.end + 1
        if number:
            _, actor, stance, issue = rows[number - 1]
            positions.append(position(actor, stance, issue, span))  # type: ignore[arg-type]
    document = Document("page.txt", " ".join(texts), date=date, **given)
    actors = tuple(Actor(name, "organisation", ()) for _, name, *_ in rows)
    scores = (0.5,) * len(sentences)
    return document, Reading(tuple(sentences), scores, (), (), tuple(positions), actors)


def position(actor: str, stance: Stance, issue: str, span: Span) -> Position:
    """A position that is neither hedged nor quoted."""
    basis = "asserted" if actor == AUTHOR else "reported"
    mention = Span(span.start, span.start + 1)
    return Position(actor, mention, stance, issue, (span,), basis, hedged=False)  # type: ignore[arg-type]


def issues_of(*pages: tuple[Document, Reading]) -> Issues:
    """The issues of some pages."""
    return cluster_issues([one for one, _ in pages], [one for _, one in pages])


def actors_on(issues: Issues, pages: Sequence[tuple[Document, Reading]], label: str) -> set[str]:
    """Who stands on an issue."""
    at = issues.labels.index(label)
    return {pages[one.document][1].positions[one.position].actor for one in issues.places[at]}


PAGES = (
    page(
        ("The Ostrel Council supports the tolls.", "Ostrel Council", "supports", "tolls"),
        ("Brann Ferries praised the lighthouse.", "Brann Ferries", "supports", "lighthouse"),
    ),
    page(
        (
            "The Varn Fishers oppose the doubling of the ferry tolls.",
            "Varn Fishers",
            "opposes",
            "plan to double the ferry tolls",
        ),
        ("Idun Moe rejected the tolls outright.", "Idun Moe", "rejects", "ferry tolls"),
    ),
    page(
        (
            "Brann Ferries demands that the tolls should wait.",
            "Brann Ferries",
            "demands",
            "the tolls should wait",
        ),
        ("The Varn Fishers want the lighthouse.", "Varn Fishers", "demands", "lighthouse"),
    ),
)


def test_positions_on_one_thing_come_together() -> None:
    """A noun, the noun with its modifier, and a clause or a plan about it are one issue."""
    issues = issues_of(*PAGES)
    assert actors_on(issues, PAGES, "ferry tolls") == {
        "Ostrel Council",
        "Varn Fishers",
        "Idun Moe",
        "Brann Ferries",
    }


def test_different_things_stay_apart() -> None:
    """Each position is at one issue at most, the disputed issue first."""
    issues = issues_of(*PAGES)
    assert issues.labels == ("ferry tolls", "lighthouse")
    assert actors_on(issues, PAGES, "lighthouse") == {"Brann Ferries", "Varn Fishers"}
    assert len({at for some in issues.places for at in some}) == sum(map(len, issues.places))


def test_labels_stand_in_the_sources() -> None:
    """A label is never made up."""
    issues = issues_of(*PAGES)
    assert all(any(label in one.text for one, _ in PAGES) for label in issues.labels)


@pytest.mark.parametrize("issue", ["it", "this one", "nothing", "Ostrel Council", "30 per cent"])
def test_what_names_nothing_is_no_issue(issue: str) -> None:
    """A pronoun, an empty noun, an actor and a figure name no matter."""
    pages = [
        page((f"{name} rejects {issue} {extra}.", name, "rejects", issue))
        for name, extra in (("Idun Moe", "today"), ("Ostrel Council", "for good"))
    ]
    assert issues_of(*pages).labels == ()


def test_one_actor_is_no_issue_unless_over_time() -> None:
    """What only one actor stands on counts where sources of two dates tell of it."""
    one = ("Idun Moe opposes the tolls.", "Idun Moe", "opposes", "tolls")
    other = ("Idun Moe has come to accept the tolls.", "Idun Moe", "accepts", "tolls")
    assert issues_of(page(one, other)).labels == ()
    assert issues_of(page(one), page(other)).labels == ()
    assert issues_of(page(one), page(other, date="2031-06-01")).labels == ("tolls",)


def test_reprint_makes_no_issue() -> None:
    """The same words of two actors, or of one in two documents, are one telling."""
    shared = "supports the tolls with all it has"
    pages = [
        page((f"{shared}.", name, "supports", "tolls")) for name in ("Idun Moe", "Ostrel Council")
    ]
    assert issues_of(*pages).labels == ()


def test_one_noun_with_two_marks_is_two_issues() -> None:
    """A harbour bill and a forest bill, each named often, are two matters."""
    setting = (
        "The harbour bill and the forest bill were read on one day. The harbour bill is short,"
        " the forest bill is long. The harbour bill and the forest bill go on."
    )
    pages = [
        page(
            (
                f"{name} {verb} the {kind} bill {how}.",
                name,
                verb,
                f"{kind} bill",
            ),
            setting=setting,
        )
        for name, verb, kind, how in (
            ("Idun Moe", "supports", "harbour", "gladly"),
            ("Ostrel Council", "opposes", "harbour", "in public"),
            ("Varn Fishers", "supports", "forest", "in private"),
            ("Brann Ferries", "rejects", "forest", "as well"),
        )
    ]
    issues = issues_of(*pages)
    assert set(issues.labels) == {"harbour bill", "forest bill"}
    assert actors_on(issues, pages, "forest bill") == {"Varn Fishers", "Brann Ferries"}


def test_bare_noun_in_other_news_is_another_thing() -> None:
    """Two documents that share nothing but a common noun do not speak of one matter."""
    other = "The orchards of Lenz bloom late, and the plan for the pear harvest was drawn up."
    pages = (
        page(("Idun Moe supports the plan.", "Idun Moe", "supports", "plan")),
        page(
            ("Rolf Eder rejects the plan flatly.", "Rolf Eder", "rejects", "plan"), setting=other
        ),
    )
    assert issues_of(*pages).labels == ()


def test_author_counts_only_where_signed() -> None:
    """A text's own position is that of its authors; of an unsigned text it is nobody's."""
    own = ("We support the tolls.", AUTHOR, "supports", "tolls")
    other = page(("Idun Moe rejects the tolls.", "Idun Moe", "rejects", "tolls"))
    assert issues_of(page(own), other).labels == ()
    assert issues_of(page(own, authors=("Per Aske",)), other).labels == ("tolls",)


def test_what_the_actor_denies_is_no_position() -> None:
    """A promise that the next sentence denies (`no such promise`) is not the actor's."""
    promised = ("Idun Moe promised lower tolls.", "Idun Moe", "offers", "lower tolls")
    denied = ("She made no such promise.", "Idun Moe", "denies", "no such promise")
    other = page(("Ostrel Council supports the tolls.", "Ostrel Council", "supports", "tolls"))
    assert issues_of(page(promised), other).labels == ("tolls",)
    assert issues_of(page(promised, denied), other).labels == ()


def test_no_documents_no_issues() -> None:
    """An empty pile has no issues."""
    assert cluster_issues([], []) == Issues()


def test_phrases_tell_marks() -> None:
    """A noun is marked by the word before it, by its owner, or by what follows `of`."""
    found = phrases("the large harbour dues, Orme’s plan, a guarantee of income and new rules")
    assert [(one.head, one.mark, one.words) for one in found] == [
        ("due", "harbour", "harbour dues"),
        ("plan", "orme’s", "Orme’s plan"),
        ("guarantee", "of income", "guarantee of income"),
        ("income", "", "income"),
        ("rule", "", "rules"),
    ]


def test_many_documents_take_seconds() -> None:
    """Time grows with the words, not with the pairs of positions."""
    pages = [
        page(
            *(
                (
                    f"Speaker {number % 40} supports the scheme{number} number {at}.",
                    f"Speaker X{number % 40}",
                    "supports",
                    f"scheme{number}",
                )
                for at in range(10)
            )
        )
        for number in range(300)
    ]
    start = time.process_time()
    issues_of(*pages)
    assert time.process_time() - start < 3

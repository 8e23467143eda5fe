"""Attributions against those of people: exact spans, relations, quotations and their speakers."""

from __future__ import annotations

from typing import Any

from briefing.evaluate.attribution import MEASURES, count, outermost, score

TEXT = (
    "Ada Foll said that the quay would close in May. “We will not pay for the bridge,” Bram Tessen"
    " told the guild."
)


def at(words: str) -> list[int]:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return [start, start + len(words)]


def attribution(source: str, cue: str, *content: str) -> dict[str, list[list[int]]]:
    """One attribution; an empty source is none."""
    return {
        "source": [at(source)] if source else [],
        "cue": [at(cue)],
        "content": [at(each) for each in content],
    }


CLOSE = attribution("Ada Foll", "said", "that the quay would close in May")
PAY = attribution("Bram Tessen", "told the guild", "“We will not pay for the bridge,”")


def counted(*found: Any) -> dict[str, tuple[int, int, int]]:
    """Right, found and gold by measure, of what was found against the two above."""
    return dict(zip(MEASURES, count(TEXT, [CLOSE, PAY], found), strict=True))


def test_the_same_is_all_right() -> None:
    """What people found gets every point."""
    figures = score([TEXT, TEXT], [[CLOSE, PAY]] * 2, [[CLOSE, PAY]] * 2)
    assert all(str(figures[name]) == "100.0 [100.0, 100.0]" for name in MEASURES)


def test_nothing_found_is_nothing_right() -> None:
    """Silence has no precision and no recall."""
    assert counted() == {
        **dict.fromkeys(("source", "cue", "content", "relation"), (0, 0, 2)),
        "quotation": (0, 0, 1),
        "and its speaker": (0, 0, 1),
    }


def test_half_of_the_words_make_a_relation_but_no_content() -> None:
    """A content that is cut short is no exact span, but carries the relation."""
    found = counted(attribution("Ada Foll", "said", "the quay would close"))
    assert found["content"] == (0, 1, 2)
    assert found["relation"] == (1, 1, 2)


def test_another_mouth_is_no_relation() -> None:
    """The right words under the wrong source are wrong; a source in common by a word is right."""
    wrong = attribution("Bram Tessen", "said", "that the quay would close in May")
    assert counted(wrong)["relation"] == (0, 1, 2)
    part = attribution("Foll", "said", "that the quay would close in May")
    assert counted(part)["relation"] == (1, 1, 2)
    assert counted(attribution("", "said", "that the quay would close in May"))["relation"][0] == 0


def test_a_quotation_may_differ_by_its_edges() -> None:
    """Four fifths of the characters are the same quotation; its speaker is counted apart."""
    found = counted(attribution("Ada Foll", "told the guild", "“We will not pay for the bridge"))
    assert found["quotation"] == (1, 1, 1)
    assert found["and its speaker"] == (0, 1, 1)
    assert counted(attribution("Ada Foll", "told", "“We will not pay"))["quotation"] == (0, 1, 1)
    assert counted(attribution("Ada Foll", "told", "“We will"))["quotation"] == (0, 0, 1)


def test_spans_count_once_an_article() -> None:
    """One source of two attributions is one span."""
    found = counted(CLOSE, attribution("Ada Foll", "told the guild", "the bridge"))
    assert found["source"] == (1, 1, 2)


def test_only_outermost_attributions_are_compared() -> None:
    """Statements without a cue, and those that come through somebody, are left out."""
    kept = CLOSE | {"via": [], "holders": ["Ada Foll"]}
    own = {"source": [], "cue": [], "content": [[0, 3]], "via": []}
    assert outermost([kept, own, PAY | {"via": ["Ada Foll"]}]) == [CLOSE]

from __future__ import annotations

import pytest

from briefing.errors import ModelError
from briefing.writers import WRITERS, load
from briefing.writers.base import Passage, Request
from briefing.writers.verbatim import likeness

PASSAGES = (
    Passage("The port doubles its dues from January", "Mara Quist", 0.5),
    Passage("From January the port doubles all dues", "Mara Quist", 0.9),
    Passage("Dockers want sockets before any increase", "Ilo Brand", 0.4),
)


def cites(name: str, sentences: int, passages: tuple[Passage, ...] = PASSAGES) -> list[int]:
    (reply,) = load(name).generate([Request("summary", passages, sentences)])
    return [index for sentence in reply.sentences for index in sentence.cites]


def test_verbatim_skips_repetition():
    """The best passage comes first, and one that repeats it gives way to a lesser one."""
    assert cites("verbatim", 2) == [1, 2]
    assert cites("verbatim", 3) == [1, 2]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("The council votes on plan 5 in May.", "The council votes on plan 28 in May.", 0.5),
        ("The council votes on plan 5.", "In 2031 the council votes on plan 5.", 1.0),
        ("The council votes on a plan.", "The council votes on plan 28.", 1.0),
        ("The council votes.", "Whales sing.", 0.0),
        ("", "Whales sing.", 0.0),
    ],
)
def test_texts_with_other_numbers_are_less_alike(first: str, second: str, alike: float) -> None:
    """What is said of one plan is no repetition of what is said of another."""
    assert likeness(first, second) == likeness(second, first) == alike


def test_verbatim_breaks_ties_by_order():
    """Of equal passages the earlier is taken."""
    passages = tuple(Passage(f"{word} alone", "", 0.5) for word in ("Gulls", "Boats", "Tides"))
    assert cites("verbatim", 2, passages) == [0, 1]


def test_stub_takes_the_first():
    """The stub cites the first passages, whatever they score."""
    assert cites("stub", 2) == [0, 1]


@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_prints_passages_as_they_stand(name: str):
    """Each shipped writer answers every request, in order, with cited passages and no own words."""
    writer = load(name)
    requests = [Request("bottom_line", PASSAGES, 1), Request("summary", (), 3)]
    first, second = writer.generate(requests)
    assert [sentence.text for sentence in first.sentences] == [None]
    assert second.sentences == ()
    assert writer.name == name
    assert writer.max_tokens is None
    assert writer.count_tokens("three small words") == 3


def test_unknown_writer_lists_the_known():
    """An unknown name is an error whose hint lists the known ones."""
    with pytest.raises(ModelError, match="no writer named quill") as caught:
        load("quill")
    assert (
        caught.value.hint == "Known: verbatim, stub, hf:NAME, gguf:FILE, http://HOST:PORT/v1#NAME."
    )

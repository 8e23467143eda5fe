"""Texts too long for a model, and what becomes of what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from briefing.writers.base import Fault, Reply, ReplySentence, Request
from briefing.writers.chat import Completion
from briefing.writers.splitting import parts, sentences
from briefing.writers.summarising import CUT_OFF, SURPLUS, SummarisingWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONG = " ".join(
    f"On day {day} the port of Ostrava Bay let {day * 7} barges in, and the mayor thanked them."
    for day in range(1, 41)
)


def words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def opening(text: str) -> Completion:
    """The first sentence of a text."""
    return Completion(sentences(text)[0], finished=True)


class Spy:
    """Summarises by a function, and keeps what it was given."""

    name = "spy"
    output_tokens = 20

    def __init__(
        self, tell: Callable[[str], Completion] = opening, *, input_tokens: int = 60
    ) -> None:
        self.tell = tell
        self.input_tokens = input_tokens
        self.calls: list[list[str]] = []

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return words(texts)

    def summarise(self, texts: Sequence[str]) -> list[Completion]:
        assert all(tokens <= self.input_tokens for tokens in words(texts))
        self.calls.append(list(texts))
        return [self.tell(text) for text in texts]


def ask(spy: Spy, *texts: str, most: int = 2) -> Reply:
    (reply,) = SummarisingWriter(spy).generate([Request("summary", (), most, texts)])
    return reply


def told(reply: Reply) -> list[str | None]:
    return [sentence.text for sentence in reply.sentences]


def test_no_word_of_a_long_text_is_kept_from_the_model() -> None:
    """Parts are cut at sentence ends, fit the model, and hold all words in order."""
    spy = Spy()
    ask(spy, LONG)
    first, *later = spy.calls
    assert " ".join(first) == LONG
    assert all(part.endswith("thanked them.") for part in first)
    assert later  # the summaries of so many parts are summarised again


def test_parts_are_even() -> None:
    """As few parts as the limit allows, and none much shorter than the others."""
    found = words(parts(LONG, words, 60))
    assert found == [51] * 13 + [17]  # three sentences of 17 words fit, and there are 40
    assert words(parts(LONG, words, 200)) == [170] * 4


@given(
    st.lists(st.text("ab ,;.\n—é漢", max_size=60), max_size=8).map(" ".join),
    st.integers(4, 40),
)
def test_every_part_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    """Whatever the text is, its parts keep to the limit and leave out but white space."""

    def letters(texts: Sequence[str]) -> list[int]:
        return [len(each) + 2 for each in texts]

    found = parts(text, letters, limit)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(length <= limit for length in letters(found))


def test_a_long_sentence_is_cut_where_a_clause_ends() -> None:
    """A sentence that is too long alone is cut between clauses rather than within one."""
    text = "The dues rise by half in the spring, the board decided in June; dockers object to it."
    assert parts(text, words, 12) == [
        "The dues rise by half in the spring,",
        "the board decided in June; dockers object to it.",
    ]


def test_sentences_cite_nothing() -> None:
    """Each sentence stands alone and leaves it to the gate to find its evidence."""
    reply = ask(
        Spy(lambda _: Completion("Barges came.\nThe mayor was glad.", finished=True)), LONG
    )
    assert reply.sentences == (
        ReplySentence("Barges came.", ()),
        ReplySentence("The mayor was glad.", ()),
    )
    assert reply.faults == ()


def test_each_text_is_summarised_and_then_all() -> None:
    """Several texts are summarised each for itself; the model then shortens the joined ones."""
    spy = Spy()
    texts = [f"Pier {name} opened. It is long. It is wide. It is wet." for name in "ABC"]
    reply = ask(spy, *texts)
    assert spy.calls == [texts, ["Pier A opened. Pier B opened. Pier C opened."]]
    assert told(reply) == ["Pier A opened."]


def test_summaries_that_are_short_enough_are_joined() -> None:
    """What already keeps to the sentences asked for is not summarised again."""
    spy = Spy()
    reply = ask(spy, LONG[:400], "Gulls came. Ice held. " * 3, most=5)
    assert len(spy.calls[0]) > 1
    assert told(reply)[-1] == "Gulls came."


def test_a_short_text_is_its_own_summary() -> None:
    """A model is not made to shorten two sentences to two."""
    spy = Spy()
    assert told(ask(spy, "The pier shut. Nobody said why.")) == [
        "The pier shut.",
        "Nobody said why.",
    ]
    assert not any(spy.calls)


def test_a_text_without_full_stops_is_summarised() -> None:
    """One sentence can be as long as a chapter; it is no summary of itself."""
    spy = Spy()
    ask(spy, "and then the boat went on " * 9)
    assert spy.calls[0]


def test_what_was_cut_off_ends_with_its_last_whole_sentence() -> None:
    """The broken rest becomes a fault, with a full stop that may be a decimal point as well."""
    spy = Spy(lambda _: Completion("Dues rose. They now stand at 3.", finished=False))
    reply = ask(spy, LONG[:300])
    assert told(reply) == ["Dues rose."]
    assert reply.faults == (Fault(CUT_OFF, "They now stand at 3."),)


def test_a_model_that_does_not_shorten_comes_to_an_end() -> None:
    """One that repeats its input is asked once, and what is too much of it is told."""
    spy = Spy(lambda text: Completion(text, finished=True))
    reply = ask(spy, LONG)
    assert len([call for call in spy.calls if call]) == 1
    assert len(reply.sentences) == 2
    assert {fault.reason for fault in reply.faults} == {SURPLUS}
    assert len(reply.faults) == 38


def test_two_sections_ask_for_the_same_parts_once() -> None:
    """Bottom line and summary of the same texts share the first, and longest, step."""
    spy = Spy()
    requests = [
        Request("bottom_line", (), 1, (LONG,)),
        Request("summary", (), 3, (LONG,)),
        Request("summary", (), 3, ()),
    ]
    line, summary, nothing = SummarisingWriter(spy).generate(requests)
    written = [text for call in spy.calls for text in call]
    assert len(written) == len(set(written))
    assert told(line) == told(summary)[:1]
    assert nothing == Reply(())

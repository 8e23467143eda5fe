"""The writer for models that summarise and take no instructions: texts in, sentences out.

A text that the model cannot take at once is cut at sentence ends; the summaries of its parts,
joined, are summarised again as long as they are too long. No word is kept from the model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from briefing.writers.base import Fault, Reply, ReplySentence, Request
from briefing.writers.splitting import parts, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.writers.chat import Completion

CUT_OFF = "its limit of tokens cut it off"
SURPLUS = "the model does not shorten the summaries of its parts to the sentences asked for"


class Summariser(Protocol):
    """What runs a model that summarises.

    Attributes:
        name: For the colophon.
        input_tokens: Most tokens of one text, as `count_tokens` counts them.
        output_tokens: Most tokens of a summary.
    """

    name: str
    input_tokens: int
    output_tokens: int

    def count_tokens(self, texts: Sequence[str]) -> Sequence[int]:
        """How many tokens each text takes, with all that the model puts around it."""
        ...

    def summarise(self, texts: Sequence[str]) -> Sequence[Completion]:
        """A summary of each text, in their order; none of them takes more than `input_tokens`.

        Raises:
            ModelError: If the model fails.
        """
        ...


class Task(NamedTuple):
    """A text to be told in at most `most` sentences; `short` where its own sentences will do."""

    text: str
    sentences: tuple[str, ...]
    most: int
    short: bool


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a text: sentences in their order, and what nobody can use."""

    sentences: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


class SummarisingWriter:
    """Summarises each text of a request, then all their summaries together.

    Its sentences cite nothing. A text that is no longer than a summary may be is its own: a model
    that is made to shorten it would only spoil it.

    Args:
        summariser: What runs the model.
    """

    max_tokens: int | None = None
    offline = True

    def __init__(self, summariser: Summariser) -> None:
        self.name = summariser.name
        self._summariser = summariser

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes, with all that the model puts around it."""
        return self._summariser.count_tokens([text])[0]

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        """Answer every request from its `texts`; the passages are not read.

        Raises:
            ModelError: If the model fails.
        """
        written: dict[str, Completion] = {}
        pairs = [(text, request.sentences) for request in requests for text in request.texts]
        summaries = iter(self._summaries([self._task(*pair) for pair in pairs], written))
        told = [[next(summaries) for _ in request.texts] for request in requests]
        merged = self._summaries(
            [
                _merging(ones, request.sentences)
                for request, ones in zip(requests, told, strict=True)
            ],
            written,
        )
        return [
            Reply(
                tuple(ReplySentence(each, ()) for each in whole.sentences),
                tuple(dict.fromkeys(fault for one in (*ones, whole) for fault in one.faults)),
            )
            for ones, whole in zip(told, merged, strict=True)
        ]

    def _task(self, text: str, most: int) -> Task:
        found = tuple(sentences(text))
        # Where nobody punctuated, a single sentence can be as long as a chapter.
        short = len(found) <= most and self.count_tokens(text) <= self._summariser.output_tokens
        return Task(text, found, most, short)

    def _summaries(self, tasks: Sequence[Task], written: dict[str, Completion]) -> list[Summary]:
        """Summarise all texts side by side, so that the model is given full batches.

        Args:
            tasks: In the order of the results.
            written: What the model wrote of which part; added to. Two sections made of the same
                texts ask for their parts but once.
        """
        found = [Summary(task.sentences) for task in tasks]
        texts = {index: task.text for index, task in enumerate(tasks) if not task.short}
        while texts:
            cut = {index: self._parts(text) for index, text in texts.items()}
            self._write((part for each in cut.values() for part in each), written)
            longer: dict[int, str] = {}
            for index, text in texts.items():
                joined = join(written[part] for part in cut[index])
                again = " ".join(joined.sentences)
                surplus = joined.sentences[tasks[index].most :] if len(cut[index]) > 1 else ()
                faults = found[index].faults + joined.faults
                # A model that does not shorten would go on for ever.
                if surplus and len(again) < len(text):
                    longer[index] = again
                else:
                    faults += tuple(Fault(SURPLUS, each) for each in surplus)
                found[index] = Summary(joined.sentences, faults)
            texts = longer
        return [
            Summary(summary.sentences[: task.most], summary.faults)
            for summary, task in zip(found, tasks, strict=True)
        ]

    def _parts(self, text: str) -> list[str]:
        return parts(text, self._summariser.count_tokens, self._summariser.input_tokens)

    def _write(self, wanted: Iterable[str], written: dict[str, Completion]) -> None:
        fresh = [part for part in dict.fromkeys(wanted) if part not in written]
        written.update(zip(fresh, self._summariser.summarise(fresh), strict=True))


def _merging(summaries: Sequence[Summary], most: int) -> Task:
    told = tuple(dict.fromkeys(each for one in summaries for each in one.sentences))
    return Task(" ".join(told), told, most, short=len(told) <= most)


def join(completions: Iterable[Completion]) -> Summary:
    """The whole sentences of all `completions`; one that was cut off loses its last."""
    found: list[str] = []
    faults: list[Fault] = []
    for completion in completions:
        told = sentences(completion.text)
        if told and not completion.finished:
            # Even one that ends with a full stop may go on: `at 3.` of `at 3.5 million`.
            faults.append(Fault(CUT_OFF, told.pop()))
        found += told
    return Summary(tuple(dict.fromkeys(found)), tuple(faults))

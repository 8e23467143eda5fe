"""A writer that has a chat model reword passages, each sentence with the passages it rests on.

In: requests. Out: replies whose sentences cite passages that are there; everything else that
the model wrote is a fault. Whether a sentence says what its passages say is for the gate.

What does not fit into the model's context at once is split: sentences are written from each
part, and from these sentences the reply. Nothing is left out or cut for want of room.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.writers.base import Fault, Reply, ReplySentence, Request
from briefing.writers.parts import in_parts, prompt_tokens, room_of
from briefing.writers.prompts import Item, item_of, prompt
from briefing.writers.replies import Written, exact, spoken, tolerant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.writers.chat import ChatModel, Completion, Prompt

CUT_OFF = "its limit of tokens cut it off"
EMPTY = "nothing was written"
FORMLESS = "it does not have the form that was asked for"
TOO_MANY = "more sentences were written than asked for"
AGAIN = "it was written twice"
TOO_LONG = "it is longer than a sentence may be"
NO_CITES = "it names no passage"


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked in one prompt: at most `wanted` sentences of `items`."""

    items: tuple[Item, ...]
    wanted: int
    stern: bool = False

    def prompt(self) -> Prompt:
        """The words for it."""
        return prompt(self.items, self.wanted, stern=self.stern)


@dataclass(frozen=True, slots=True)
class Answer:
    """The sentences that were written, as items that can be numbered again, and the faults."""

    sentences: tuple[Item, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Retry:
    """An answer that cannot be used, and what is asked instead."""

    ask: Ask
    text: str


class GroundedWriter:
    """Words sections with a chat model.

    All prompts of all requests go to the model together, so that servers and batches are kept
    busy: one call for all, one for those that must be asked again, and so on for what was split.
    """

    max_tokens: int | None = None

    def __init__(self, model: ChatModel) -> None:
        self.model = model
        self.name = model.name
        self.offline = model.offline

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes for the model."""
        return self.model.count_tokens(text)

    def generate(self, requests: Sequence[Request]) -> list[Reply]:
        """Answer every request; one reply each, in their order.

        Raises:
            ModelError: If the model fails every prompt for the same reason, or takes too few
                tokens for any prompt.
        """
        if not any(request.passages for request in requests):
            return [Reply(()) for _ in requests]
        return Exchange(self.model, requests).replies()


class Exchange:
    """What is asked and answered for some requests.

    Args:
        model: Answers.
        requests: With passages or without; those without have empty replies.
    """

    def __init__(self, model: ChatModel, requests: Sequence[Request]) -> None:
        self.model = model
        self.wanted = [wanted(request) for request in requests]
        self.room = room_of(model, max(self.wanted))
        self.errors: list[ModelError] = []
        self.answered = False
        self.faults: list[list[Fault]] = [[] for _ in requests]
        self.open = {
            number: tuple(item_of(passage, at) for at, passage in enumerate(request.passages))
            for number, request in enumerate(requests)
            if request.passages
        }
        self.done: dict[int, tuple[Item, ...]] = {}

    def replies(self) -> list[Reply]:
        """Ask until every request is answered."""
        before = dict.fromkeys(self.open, 0)
        while self.open:
            before = self.level(before)
        if self.errors and not self.answered and len({str(error) for error in self.errors}) == 1:
            raise self.errors[0]
        return [
            Reply(
                tuple(ReplySentence(item.text, item.cites) for item in self.done.get(number, ())),
                tuple(faults),
            )
            for number, faults in enumerate(self.faults)
        ]

    def level(self, before: dict[int, int]) -> dict[int, int]:
        """Ask once for every open request, in as many parts as it takes.

        What was answered in one part is done; the sentences of several parts stay open.

        Args:
            before: How many parts each request took the last time, 0 for the first.

        Returns:
            How many parts each took now.
        """
        asks: dict[int, list[Ask]] = {}
        for number, items in self.open.items():
            parts, faults = in_parts(self.model, items, self.room)
            self.faults[number] += faults
            if before[number] and len(parts) >= before[number]:
                reason = "what was written of the parts does not fit together either"
                self.faults[number] += [Fault(reason, item.text) for item in items]
                parts = []
            asks[number] = [Ask(part, self.share(number, part, len(parts))) for part in parts]
        answers = iter(self.answers([ask for several in asks.values() for ask in several]))
        self.open = {}
        for number, several in asks.items():
            found = [next(answers) for _ in several]
            written = tuple(item for answer in found for item in answer.sentences)
            self.faults[number] += [fault for answer in found for fault in answer.faults]
            if len(several) > 1 and written:
                self.open[number] = written
            else:
                self.done[number] = written
        return {number: len(several) for number, several in asks.items()}

    def share(self, number: int, part: Sequence[Item], parts: int) -> int:
        """How many sentences to ask of `part`: of several parts fewer than each has items."""
        most = self.wanted[number]
        return most if parts == 1 else max(1, min(most, len(part) // 2))

    def answers(self, asks: Sequence[Ask]) -> list[Answer]:
        """Ask all, and once more those whose answer cannot be used; one answer each."""
        first = self.complete(asks, self.room.reply)
        found = [self.read(ask, one, last=False) for ask, one in zip(asks, first, strict=True)]
        again = [one for one in found if isinstance(one, Retry)]
        second = self.complete([one.ask for one in again], self.more([one.ask for one in again]))
        retried = iter(
            [
                self.read(one.ask, completion, last=True, before=one.text)
                for one, completion in zip(again, second, strict=True)
            ]
        )
        settled = (next(retried) if isinstance(one, Retry) else one for one in found)
        return [one for one in settled if isinstance(one, Answer)]

    def complete(self, asks: Sequence[Ask], most: int) -> list[Completion | ModelError]:
        """Have the model answer, if anything is asked.

        Raises:
            ModelError: If it gives more or fewer completions than it was given prompts.
        """
        if not asks:
            return []
        found = self.model.complete([ask.prompt() for ask in asks], most)
        if len(found) != len(asks):
            message = f"{self.model.name} gave {len(found)} answers to {len(asks)} prompts"
            raise ModelError(message)
        return found

    def more(self, asks: Sequence[Ask]) -> int:
        """What a second answer may take: twice the first, as far as the context has room."""
        longest = max((prompt_tokens(self.model, ask.prompt()) for ask in asks), default=0)
        left = self.model.context_tokens - longest
        return max(1, min(2 * self.room.reply, left))

    def read(
        self, ask: Ask, completion: Completion | ModelError, *, last: bool, before: str = ""
    ) -> Answer | Retry:
        """What an answer amounts to.

        Args:
            ask: What was asked.
            completion: The answer.
            last: Do not ask again; take what can be made out.
            before: The finished answer to the first question, which may be easier to make out.
        """
        if isinstance(completion, ModelError):
            self.errors.append(completion)
            return Answer((), (Fault(f"the model failed: {completion}", ""),))
        self.answered = True
        text = spoken(completion.text)
        if not completion.finished and not last:
            return Retry(replace(ask, wanted=max(1, ask.wanted // 2), stern=True), "")
        if completion.finished and not text:
            return Answer((), (Fault(EMPTY, completion.text),))
        written = exact(text) if completion.finished else None
        if written is None and not last:
            return Retry(replace(ask, stern=True), text)
        if written is None and completion.finished:
            written = tolerant(text)
        if written is None:
            written = tolerant(before)
        if written is None:
            return Answer((), (Fault(FORMLESS if completion.finished else CUT_OFF, text),))
        return sifted(ask, written) if written else Answer((), (Fault(EMPTY, text),))


def wanted(request: Request) -> int:
    """How many sentences to ask for; a bottom line is one, whatever could stand in for it."""
    return 1 if request.task == "bottom_line" else max(1, request.sentences)


def sifted(ask: Ask, written: Sequence[Written]) -> Answer:
    """The sentences of `written` that rest on what was numbered in `ask`, and what is wrong with the rest."""
    kept: list[Item] = []
    faults = []
    for one in written:
        reason = fault_of(ask, one, kept)
        if reason:
            faults.append(Fault(reason, one.text))
            continue
        cites = [index for number in one.numbers for index in ask.items[number - 1].cites]
        kept.append(Item(one.text, tuple(dict.fromkeys(cites))))
    return Answer(tuple(kept), tuple(faults))


def fault_of(ask: Ask, one: Written, kept: Sequence[Item]) -> str:
    """Why a sentence cannot be used; empty where it can."""
    missing = [number for number in one.numbers if not 1 <= number <= len(ask.items)]
    if missing:
        return f"it names passage {missing[0]} of {len(ask.items)}"
    if not one.numbers:
        return NO_CITES
    if not one.whole:
        return TOO_LONG
    if one.text in [item.text for item in kept]:
        return AGAIN
    return TOO_MANY if len(kept) == ask.wanted else ""

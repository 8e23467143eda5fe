"""What a chat model answered in, the sentences that it wrote out.

`exact` takes JSON of the form that was asked for, whatever stands around it. `tolerant` also
takes broken JSON and plain text with the numbers of passages in it, such as `Dues rise [1].`
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from briefing.writers.fence import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

THOUGHT = re.compile(
    r"<(think|thinking|thought|reasoning|reflection)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE
)
THOUGHT_BEFORE = re.compile(
    r"\A.*</(?:think|thinking|thought|reasoning|reflection)>", re.DOTALL | re.IGNORECASE
)
"""Thoughts whose first mark the chat template has already written."""
MARK = r"\s*\[(?:\d{1,9}(?:\s*[,;]\s*\d{1,9})*)\]"
MARKS = re.compile(MARK)
NUMBER = re.compile(r"\d{1,9}")
LIST_MARK = re.compile(r"^(?:[-*•]|\d{1,2}[.)])\s+")
SENTENCE_END = re.compile(rf"(?:[.!?](?:{MARK})+|(?:{MARK})+\s*[.!?]|(?:{MARK})+$)(?=\s|$)")
"""Marks at an end of a sentence; full stops alone also end abbreviations."""
LONGEST = 400
"""Characters of a sentence at which an engine that holds to the schema breaks it off."""
START = re.compile(r"[{\[]")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that a model wrote, and the numbers that it gave for it, as it gave them.

    It is not `whole` where it is so long that it may have been broken off.
    """

    text: str
    numbers: tuple[int, ...]
    whole: bool = True


def spoken(text: str) -> str:
    """`text` without what a reasoning model thinks before it answers; an open thought runs on."""
    return THOUGHT_BEFORE.sub("", THOUGHT.sub("", text)).strip()


def exact(text: str) -> list[Written] | None:
    """The sentences of the first JSON in `text` that has the form; None where there is none.

    Args:
        text: Without thoughts. Words and code fences around the JSON do no harm.

    Returns:
        An empty list where the JSON has the form and no sentences.
    """
    empty = None
    for value in values(text):
        found = None if is_one(value) else sentences(value)
        if found:
            return found
        empty = found if empty is None else empty
    # Within a broken reply they would be only some of its sentences.
    return empty if '"sentences"' in text else one_by_one(text) or empty


def one_by_one(text: str) -> list[Written] | None:
    """The sentences in `text` that are a JSON object each, with no list around them."""
    found = [one for value in values(text) if is_one(value) for one in sentences(value) or ()]
    return found or None


def values(text: str) -> Iterator[object]:
    """Every JSON object and list in `text`, in its order."""
    decoder = json.JSONDecoder()
    at = 0
    while found := START.search(text, at):
        try:
            value, at = decoder.raw_decode(text, found.start())
        except ValueError:
            at = found.end()
            continue
        except RecursionError:
            # Nested so deep it is no reply, and what lies within it is not much less deep.
            return
        yield value


def is_one(value: object) -> bool:
    """Whether `value` is a single sentence and no whole reply."""
    return isinstance(value, dict) and "sentences" not in value


def tolerant(text: str) -> list[Written] | None:
    """The sentences of broken JSON or of marked plain text; None where nothing can be made out."""
    whole = exact(text)
    if whole:
        return whole
    broken = [repaired(text) or [], one_by_one(text) or []]
    return max(broken, key=len) or marked(text)


def repaired(text: str) -> list[Written] | None:
    """The sentences of JSON that is nearly right."""
    # Only for replies that went wrong, which are few.
    import json_repair

    start = START.search(text)
    if start is None:
        return None
    try:
        value = json_repair.loads(text[start.start() :])
    except (ValueError, RecursionError):
        return None
    return sentences(value, lenient=True)


def marked(text: str) -> list[Written] | None:
    """The sentences of plain text that have the numbers of passages in square brackets."""
    if "{" in text:
        # What is left of JSON has its lists of numbers in such brackets too.
        return None
    found = []
    for row in text.splitlines():
        words = LIST_MARK.sub("", plain(row))
        # The number of a passage before its words holds for the line, as in the prompt.
        pieces = [words] if MARKS.match(words) else ended(words)
        found += [one for piece in pieces if (one := written_of(piece, None)) and one.numbers]
    return found or None


def ended(words: str) -> list[str]:
    """What stands before each end of a marked sentence, with it."""
    ends = [match.end() for match in SENTENCE_END.finditer(words)]
    return [words[start:end] for start, end in pairwise([0, *ends])]


def sentences(value: object, *, lenient: bool = False) -> list[Written] | None:
    """The sentences in a decoded reply; None where it has not the form.

    Args:
        value: One sentence, a list of them, or an object that holds such a list.
        lenient: Pass over what is no sentence, if something is.
    """
    if isinstance(value, dict):
        value = value.get("sentences", [value])
    if not isinstance(value, list):
        return None
    found = list(each(value))
    return found if len(found) == len(value) or (found and lenient) else None


def each(given: list[object]) -> Iterator[Written]:
    """The sentence of each of `given` that is one."""
    for value in given:
        if isinstance(value, str):
            # Words alone are a sentence only with marks in them.
            one = written_of(value, None)
            if one is not None and one.numbers:
                yield one
        elif isinstance(value, dict) and isinstance(value.get("text"), str):
            one = written_of(value["text"], value.get("from"))
            if one is not None:
                yield one


def written_of(text: str, given: object) -> Written | None:
    """One sentence with the numbers `given`, or else those that stand in it; None if it is empty."""
    words = plain(MARKS.sub("", text))
    numbers = tuple(numbers_in(given))
    if not numbers:
        numbers = tuple(
            int(number) for marks in MARKS.findall(text) for number in NUMBER.findall(marks)
        )
    if not words:
        return None
    return Written(words, tuple(dict.fromkeys(numbers)), len(text) < LONGEST)


def numbers_in(given: object) -> Iterator[int]:
    """The numbers in what stands under `from`: one, a list, or words with numbers in them."""
    if isinstance(given, bool):
        return
    if isinstance(given, int):
        yield given
    elif isinstance(given, str):
        yield from (int(number) for number in NUMBER.findall(given))
    elif isinstance(given, list):
        for one in given:
            if not isinstance(one, list):
                yield from numbers_in(one)

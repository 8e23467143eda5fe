"""Many texts at once: JSON lines in, JSON lines out, in the same order.

In: lines of bytes `{"id", "text"}`, `{"id", "documents": [text…]}`, `{"id", "sentence"}` or
`{"id", "document", "claim"}`, for a summary with a `"focus"` if wanted, and the function that reads
them. Out: one line for each that
is not blank: a result, or `{"id", "error"}`. One bad line never stops the rest, and no more than a
few lines are held at a time.
"""

from __future__ import annotations

import json
import logging
import re
from contextlib import nullcontext
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from briefing.checking import Answer, Inquiry
from briefing.document import Document, Span
from briefing.errors import BriefingError
from briefing.output import rewriting, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from briefing.findings import Reading

BATCH_LINES = 16
BATCH_SENTENCES = 64

_HALVES = re.compile("[\ud800-\udfff]")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """One line to write, without its end; `ok` is False where it tells an error."""

    line: bytes
    ok: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many lines were answered, and how many of them with an error."""

    done: int
    failed: int


class Asked(Protocol):
    """What a line asks for; the answer goes by its id."""

    @property
    def id(self) -> str | float:
        """As it was given."""
        ...


AskedT = TypeVar("AskedT", bound=Asked)


@dataclass(frozen=True, slots=True)
class Remark:
    """One line as read: a sentence."""

    id: str | float
    sentence: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """One line as read: a claim and the document that may carry it."""

    id: str | float
    inquiry: Inquiry


@dataclass(frozen=True, slots=True)
class Job:
    """One line as read: its texts, whether it gave them as a list, its focus if it gave one."""

    id: str | float
    documents: tuple[Document, ...]
    listed: bool
    focus: str | None = None

    def place(self, document: int, span: Span) -> list[int]:
        """A span as it is written: `[start, end]`, or `[document, start, end]` for a list."""
        return [document, *span] if self.listed else [*span]


def extract(
    lines: Iterable[bytes], read: Callable[[Sequence[Document]], Sequence[Reading]]
) -> Iterator[Result]:
    """Answer each line with all that was found in its texts.

    Args:
        lines: JSON lines.
        read: Reads documents, one reading each in their order, each as if it stood alone.
    """

    def answer(jobs: Sequence[Job]) -> list[dict[str, Any]]:
        readings = iter(read([document for job in jobs for document in job.documents]))
        return [_extracted(job, tuple(islice(readings, len(job.documents)))) for job in jobs]

    return _answers(lines, _job, answer, batch_lines=BATCH_LINES)


def claims(
    lines: Iterable[bytes], worth: Callable[[Sequence[str]], Sequence[float]]
) -> Iterator[Result]:
    """Answer each line with how well its sentence lends itself to being checked.

    Args:
        lines: JSON lines.
        worth: Scores sentences, 0 to 1, each as if it stood alone.
    """

    def answer(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
        scores = worth([remark.sentence for remark in remarks])
        return [{"score": round(score, 4)} for score in scores]

    return _answers(lines, _remark, answer, batch_lines=BATCH_SENTENCES)


def check(
    lines: Iterable[bytes], answer: Callable[[Sequence[Inquiry]], Sequence[Answer]]
) -> Iterator[Result]:
    """Answer each line with whether its document carries its claim, and where.

    Args:
        lines: JSON lines.
        answer: Holds claims against documents, each as if it stood alone.
    """

    def told(asked: Sequence[Doubt]) -> list[dict[str, Any]]:
        return [
            {
                "score": round(each.score, 4),
                "supported": each.supported,
                "evidence": [[*span] for span in each.evidence],
            }
            for each in answer([doubt.inquiry for doubt in asked])
        ]

    return _answers(lines, _doubt, told, batch_lines=BATCH_LINES)


def summarise(
    lines: Iterable[bytes],
    select: Callable[[Sequence[Document], str | None], Sequence[tuple[int, Span]]],
) -> Iterator[Result]:
    """Answer each line with the sentences selected from its texts, as they stand.

    Args:
        lines: JSON lines.
        select: Picks sentences, as (document, span), in the order in which they read, given the
            texts and the line's own focus, or None where it has none.
    """

    def answer(jobs: Sequence[Job]) -> list[dict[str, Any]]:
        return [_summarised(job, select(job.documents, job.focus)) for job in jobs]

    return _answers(lines, _job_on_focus, answer, batch_lines=1)


def summary(documents: Sequence[Document], selected: Sequence[tuple[int, Span]]) -> dict[str, Any]:
    """One summary for print: its text, its spans as `[document, start, end]`, whose they are."""
    return {
        "summary": _text(documents, selected),
        "spans": [[index, *span] for index, span in selected],
        "documents": [document.name for document in documents],
    }


def ranked(documents: Sequence[Document], readings: Sequence[Reading]) -> list[dict[str, Any]]:
    """The claims of documents for print, the one most worth checking first.

    Spans are `[document, start, end]`; of two with one score the one that stands first is first.
    """
    found = [
        {
            "score": claim.score,
            "claim": document[claim.span],
            "holders": claim.holders,
            "span": [index, *claim.span],
            "document": document.name,
        }
        for index, (document, reading) in enumerate(zip(documents, readings, strict=True))
        for claim in reading.claims
    ]
    return sorted(found, key=lambda claim: -claim["score"])


def write(results: Iterable[Result], path: Path | None, stdout: BinaryIO, *, force: bool) -> Tally:
    """Write `results` as they come, to `path` or else to `stdout`.

    `path` gets its name only when all is written. What stands there is replaced only if it is as
    it was written here, or with `force`; nothing is asked for before that is clear.

    Raises:
        OutputError: If `path` cannot be written, or a changed file is in the way.
    """
    if path is None:
        return _pour(results, stdout, None)
    with rewriting(path, force=force) as stream:
        return _pour(results, stream, path)


def _pour(results: Iterable[Result], stream: BinaryIO, path: Path | None) -> Tally:
    done = failed = 0
    for result in results:
        with writing(path) if path else nullcontext():
            stream.write(result.line + b"\n")
            stream.flush()
        done += 1
        failed += not result.ok
    return Tally(done, failed)


def _answers(
    lines: Iterable[bytes],
    ask: Callable[[str | float, dict[str, Any]], AskedT | str],
    answer: Callable[[Sequence[AskedT]], list[dict[str, Any]]],
    *,
    batch_lines: int,
) -> Iterator[Result]:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    while batch := [_parse(number, line, ask) for number, line in islice(numbered, batch_lines)]:
        answers = iter(
            _answer_each([item for item in batch if not isinstance(item, Result)], answer)
        )
        for item in batch:
            yield item if isinstance(item, Result) else next(answers)


def _answer_each(
    asked: Sequence[AskedT], answer: Callable[[Sequence[AskedT]], list[dict[str, Any]]]
) -> list[Result]:
    """Answer lines together; where that fails, one by one, so that only the bad one fails."""
    if not asked:
        return []
    try:
        answers = answer(asked)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one text, the rest go on
        if len(asked) > 1:
            return [result for each in asked for result in _answer_each([each], answer)]
        _log.debug("no answer for %r", asked[0].id, exc_info=error)
        return [_error(asked[0].id, _explain(error))]
    return [
        Result(_encode({"id": each.id} | found), ok=True)
        for each, found in zip(asked, answers, strict=True)
    ]


def _parse(
    number: int, data: bytes, ask: Callable[[str | float, dict[str, Any]], AskedT | str]
) -> AskedT | Result:
    """What line `number` asks for; `ask` gives what it needs where it lacks that."""
    try:
        line = json.loads(data)
    except (ValueError, RecursionError) as error:
        return _error(None, f"line {number} is not JSON: {error}")
    name = line.get("id") if isinstance(line, dict) else None
    if isinstance(name, bool) or not isinstance(name, str | int | float):
        return _error(None, f'line {number} has no "id" that is a string or a number')
    asked = ask(name, line)
    return _error(name, f"line {number} needs {asked}") if isinstance(asked, str) else asked


def _job(name: str | float, line: dict[str, Any]) -> Job | str:
    match line.get("text"), line.get("documents"):
        case str(text), None:
            return Job(name, (_document(str(name), text),), listed=False)
        case None, [*texts] if all(isinstance(text, str) for text in texts):
            documents = (_document(f"{name}#{place}", text) for place, text in enumerate(texts))
            return Job(name, tuple(documents), listed=True)
    return 'a string "text" or a list of strings "documents"'


def _job_on_focus(name: str | float, line: dict[str, Any]) -> Job | str:
    focus = line.get("focus")
    if focus is not None and not isinstance(focus, str):
        return 'a string as "focus", or none'
    job = _job(name, line)
    return job if isinstance(job, str) else replace(job, focus=focus and _whole(focus))


def _remark(name: str | float, line: dict[str, Any]) -> Remark | str:
    match line.get("sentence"):
        case str(sentence):
            return Remark(name, _whole(sentence))
    return 'a string "sentence"'


def _doubt(name: str | float, line: dict[str, Any]) -> Doubt | str:
    match line.get("document"), line.get("claim"):
        case str(text), str(claim) if any(map(str.isalnum, claim)):
            return Doubt(name, Inquiry(_document(str(name), text), _whole(claim)))
    return 'a string "document" and a string "claim" with a word in it'


def _document(name: str, text: str) -> Document:
    text = _whole(text)
    return Document(name, text, sha256=sha256(text.encode()).hexdigest())


def _whole(text: str) -> str:
    # Half a surrogate pair, as a text cut by code units ends in, is no character; a stand-in
    # keeps every offset.
    return _HALVES.sub("\ufffd", text)


def _error(name: str | float | None, message: str) -> Result:
    return Result(_encode({"id": name, "error": message}), ok=False)


def _encode(line: dict[str, Any]) -> bytes:
    # Only an id can hold half a surrogate pair: it is escaped, as it must have come.
    return json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _explain(error: Exception) -> str:
    if isinstance(error, BriefingError):
        return f"{error.message}. {error.hint}" if error.hint else error.message
    return f"{type(error).__name__}: {error}"


def _extracted(job: Job, readings: Sequence[Reading]) -> dict[str, Any]:
    found: dict[str, list[Any]] = {
        name: [] for name in ("sentences", "salience", "statements", "claims", "positions")
    }
    for index, reading in enumerate(readings):
        for name, values in _reading(job, index, reading).items():
            found[name].extend(values)
    return found


def _reading(job: Job, index: int, reading: Reading) -> dict[str, list[Any]]:
    """What was found in one document, with the keys of the bulk interface."""

    def places(spans: Iterable[Span]) -> list[list[int]]:
        return [job.place(index, span) for span in spans]

    return {
        "sentences": places(sentence.span for sentence in reading.sentences),
        "salience": [*reading.salience],
        "statements": [
            {
                "source": places(statement.source),
                "cue": places(statement.cue),
                "content": places(statement.content),
                "holders": statement.holders,
                "via": statement.via,
                "basis": statement.basis,
                "quoted": statement.quoted,
                "hedges": places(statement.hedges),
                "resolved": statement.resolved,
            }
            for statement in reading.statements
        ],
        "claims": [
            {
                "span": job.place(index, claim.span),
                "score": claim.score,
                "holders": claim.holders,
            }
            for claim in reading.claims
        ],
        "positions": [
            {
                "actor": position.actor,
                "mention": job.place(index, position.mention),
                "stance": position.stance,
                "issue": position.issue,
                "evidence": places(position.evidence),
                "basis": position.basis,
                "hedged": position.hedged,
                "quoted": position.quoted,
                "via": position.via,
                "conditional": position.conditional,
                "past": position.past,
            }
            for position in reading.positions
        ],
    }


def _summarised(job: Job, selected: Sequence[tuple[int, Span]]) -> dict[str, Any]:
    return {
        "summary": _text(job.documents, selected),
        "spans": [job.place(index, span) for index, span in selected],
    }


def _text(documents: Sequence[Document], selected: Sequence[tuple[int, Span]]) -> str:
    return " ".join(documents[index][span] for index, span in selected)

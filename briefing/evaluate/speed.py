"""How fast the reader is on one thread, and what it takes: words a second, loading, memory.

In: articles. Out: what a process of its own measures. The reader, its models by themselves and a
bare run of the encoder over the same word pieces take turns on every article, so that other work
on the machine disturbs all of them alike.
"""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.document import Document
from briefing.evaluate import data
from briefing.evaluate.bootstrap import Figure
from briefing.evaluate.report import Part, Row, Table
from briefing.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from briefing.analyse.rules import RuleAnalyser
    from briefing.document import Sentence
    from briefing.evaluate.seams import Reader

SETS = ("polnear", "sum_cnndm")
ARTICLES = 200
WARMING = 10
"""The longest articles are read first, to load everything and to see the most memory."""
RATE, SHARE, LOAD, MEMORY = "words/s", "of the bare run", "load, s", "peak memory, MB"
BARE, MODELS, WHOLE = "bare run of the encoder", "models alone", "the whole reader"
NOTE = (
    "CPU time of one thread. Bare run: one forward pass over the word pieces of an article, cut up"
    " beforehand. Models alone: all heads but that for pronouns, without the parser. Load:"
    " from imported libraries to the reading of one sentence."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one process measured; CPU seconds by name, summed over all articles."""

    words: int
    seconds: dict[str, float]
    load_s: float
    peak_mb: float


def measure(reader: Reader, folder: Path, limit: int | None = None) -> Part:  # noqa: ARG001 - as of all parts
    """Measure in a new process, so that nothing is loaded yet."""
    articles = [
        record.get("text") or record["document"]
        for name in SETS
        for record in data.load(folder, name)
    ]
    texts = articles[: min(limit or ARTICLES, ARTICLES)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        found = pool.submit(take_times, texts).result()
    counts = {"articles": len(texts), "words": found.words}
    return Part(
        "speed", (Table("One thread", (RATE, SHARE, LOAD, MEMORY), rows(found), counts, NOTE),)
    )


def rows(found: Measured) -> tuple[Row, ...]:
    """The figures of each, the reader first."""
    made = []
    for name, seconds in found.seconds.items():
        figures = {
            RATE: Figure(round(found.words / seconds)),
            SHARE: Figure(round(100 * found.seconds[BARE] / seconds, 1)),
        }
        if name == WHOLE:
            figures |= {LOAD: Figure(found.load_s), MEMORY: Figure(found.peak_mb)}
        made.append(Row(name, figures))
    return tuple(made)


def take_times(texts: Sequence[str]) -> Measured:
    """Measure in this process; nothing of the reader may be loaded yet."""
    from briefing.analyse.rules import RuleAnalyser
    from briefing.reader.features import read_pieces

    import_libraries()
    analyser = RuleAnalyser()
    load_s = cpu_s(lambda: analyser.read(*cut("The quay is closed.")))
    for text in sorted(texts, key=len)[-WARMING:]:
        analyser.read(*cut(text))
    peak_mb = peak_kb() / 1024
    bare, seconds = bare_run(), dict.fromkeys((WHOLE, MODELS, BARE), 0.0)
    for text in texts:
        document, sentences = cut(text)
        for name, work in (
            (BARE, bare(text)),
            (MODELS, lambda: run_models(analyser, document, sentences)),  # noqa: B023 - called at once
            (WHOLE, lambda: analyser.read(document, sentences)),  # noqa: B023 - called at once
        ):
            read_pieces.cache_clear()
            seconds[name] += cpu_s(work)
    words = sum(len(text.split()) for text in texts)
    return Measured(words, seconds, round(load_s, 2), round(peak_mb))


def import_libraries() -> None:
    """Import what the reader is built on, as that is not its own doing."""
    from importlib import import_module

    for name in ("numpy", "torch", "spacy", "tokenizers", "safetensors.torch"):
        import_module(name)


def cut(text: str) -> tuple[Document, tuple[Sentence, ...]]:
    """A text as the reader takes it."""
    from briefing.segment import segment

    document = Document("", text)
    return document, segment(document)


def run_models(
    analyser: RuleAnalyser, document: Document, sentences: tuple[Sentence, ...]
) -> None:
    """All that the reader's own models do with a document."""
    reader = analyser.reader
    page = reader.read(document.text)
    reader.salience([page], [sentences])
    page.worth([sentence.span for sentence in sentences])


def bare_run() -> Callable[[str], Callable[[], object]]:
    """What cuts a text into pieces, and gives what runs the encoder over them."""
    import msgspec
    import torch

    from briefing.reader.bert import Bert, Shape
    from briefing.reader.card import read_card
    from briefing.reader.dense import native_precision
    from briefing.reader.features import frame, open_tokenizer, read_pieces, windows
    from briefing.reader.weights import load

    folder = shipped("models") / "reader"
    shape = msgspec.json.decode((folder / "config.json").read_bytes(), type=Shape)
    bert = Bert(shape, load(folder / read_card(folder).weights), native_precision())
    tokenizer = open_tokenizer(folder / "tokenizer.json")
    start, end = frame(tokenizer)

    def prepare(text: str) -> Callable[[], object]:
        pieces = read_pieces(tokenizer, text)
        cuts = [
            [start, *pieces.numbers[window.start : window.stop], end]
            for window in windows(text, pieces.offsets)
        ]

        def run() -> object:
            with torch.inference_mode():
                return list(bert.run(cuts))

        return run

    return prepare


def cpu_s(work: Callable[[], object]) -> float:
    """The CPU time that a call takes, in seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def peak_kb() -> int:
    """The most memory that this process has held; `getrusage` would count its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])

"""What support is learnt from: texts, claims, and whether people found the text to carry them.

In: the corpora `fact_*`, some of `nli_*`, `quality_human`, `keyfacts_scu`, `sum_writers` and plain
texts, one JSON object a line. Out: claims with the sentences of their text, and sheets of them.
Summaries are learnt from one sentence at a time; where people judged a whole summary, and found a
part of it wrong, each of its sentences is taken for wrong so often as that part is large.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import crc32

import msgspec

from briefing.document import Document
from briefing.reader.tasks.corpus import records
from briefing.support.grounds import Grounds
from briefing.support.pairs import lay_claim, numbers
from briefing.support.tasks.sheets import ENTAILED, NOT_ENTAILED, SORTED, Sheet, sheeted

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

    from briefing.document import Sentence
    from briefing.support.tasks.sheets import Example

    Segment = Callable[[Document], Sequence[Sentence]]

WORDS = (40, 70, 110, 130)
"""How many words of evidence are shown of most texts: another number each time."""
PLAIN = ("sum_bbc", "sum_cnndm", "sum_xsum", "docs_whitehouse")
SET_APART = re.compile(r"(?<=\s[.!?])\s+")
"""Where a sentence ends in texts whose marks stand apart from the words."""
SUPPORTED = 4.5
"""Mean score of consistency, of 1 to 5, from which a summary is taken to be supported."""
UNSUPPORTED = 3.0
"""Below this it is not; between, nothing is learnt from it."""


KEPT_PARTS = 8
"""One part in so many is kept from training."""
RESEARCH_ONLY = frozenset({"govreport_leval"})
"""Parts of corpora that weights which ship may not be learnt from."""
MOSTLY = 0.8
"""From this share on a claim is taken for a true one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that a text may carry.

    Attributes:
        sentences: Of the text.
        claim: The sentence.
        wanted: 1 for each class that may be right.
        share: How often it is right; otherwise it is taken not to be supported.
        words: How many words of evidence are shown: one of these each time.
    """

    sentences: tuple[str, ...]
    claim: str
    wanted: tuple[float, ...]
    share: float = 1.0
    words: tuple[int, ...] = WORDS

    @property
    def is_true(self) -> bool:
        """Whether the text carries it, as far as anybody knows."""
        return self.wanted == ENTAILED and self.share >= MOSTLY


class Record(msgspec.Struct, frozen=True):
    """One line of any of the corpora."""

    id: str
    split: str
    label: str | int = 0
    source_set: str = ""
    document: str = ""
    document_sentences: tuple[str, ...] = ()
    document_id: str = ""
    summary: str = ""
    claim: str = ""
    factuality: float = 0.0
    sentences: Any = ()
    workers: Any = 0
    workers_unfaithful: int = 0
    seed_summary: str = ""
    supporting_sentences: tuple[tuple[int, ...], ...] = ()
    systems: Any = ()
    summaries: Any = ()
    key_facts: tuple[str, ...] = ()
    hypothesis: str = ""
    documents: tuple[str, ...] = ()
    turns: Any = ()
    queries: Any = ()


class Cutter:
    """Cuts texts into sentences, each text once.

    Args:
        segment: Finds the sentences of a document.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = cache(lambda text: self._cut(segment, text))

    def __call__(self, text: str) -> tuple[str, ...]:
        """The sentences of `text`, without those that have no word."""
        return self._segment(text)

    @staticmethod
    def _cut(segment: Segment, text: str) -> tuple[str, ...]:
        found = [
            " ".join(part[slice(*sentence.span)].split())
            for part in SET_APART.split(text)
            for sentence in segment(Document("", part))
        ]
        return tuple(each for each in found if any(map(str.isalnum, each)))


def load(data: Path, cut: Cutter, split: str = "train") -> dict[str, tuple[Claim, ...]]:
    """All claims of one part of the corpora in the folder `data`, by family.

    Raises:
        SourceError: If a corpus cannot be read.
    """

    def of(name: str) -> list[Record]:
        return [each for each in records(data / f"{name}.jsonl.gz", Record) if each.split == split]

    found: dict[str, list[Claim]] = {}

    def add(family: str, claims: Iterable[Claim]) -> None:
        found.setdefault(family, []).extend(claims)

    for record in of("fact_frank"):
        add(record.source_set, whole(record, cut, record.factuality))
    for record in of("fact_qags"):
        add(record.source_set, voted(record, cut))
    for record in of("fact_xsumfaith"):
        share = 1 - record.workers_unfaithful / (record.workers or 1)
        add("xsumfaith", whole(record, cut, share))
    edited: dict[tuple[str, str], Claim] = {}
    for record in of("fact_summedits"):
        for each in edits(record, cut):
            edited.setdefault((record.document_id, each.claim), each)
    add("summedits", edited.values())
    for record in of("fact_wice"):
        add("wice", cited(record))
    add("bump", bumped(of("nli_bump"), cut))
    for record in of("nli_fib"):
        parts = cut(record.claim)
        share = float(record.label == 1) if len(parts) == 1 or record.label == 1 else 0.5
        add("fib", (Claim(cut(record.document), each, ENTAILED, share) for each in parts))
    for record in of("quality_human"):
        add("quality", scored(record, cut))
    for record in of("keyfacts_scu"):
        add("facts", present(record, cut))
    for record in of("sum_writers"):
        add(
            "writers",
            chain.from_iterable(
                (Claim(cut(record.document), each, ENTAILED) for each in cut(text_of(summary)))
                for summary in record.summaries
            ),
        )
    for record in of("sum_cnndm"):
        add(
            "highlights",
            (
                Claim(cut(record.document), line, ENTAILED, 0.95)
                for line in record.summary.splitlines()
                if len(line.split()) > 4
            ),
        )
    for record in of("sum_multinews"):
        several = tuple(chain.from_iterable(map(cut, record.documents)))
        add("several", (Claim(several, each, ENTAILED, 0.9) for each in cut(record.summary)))
    for record in of("sum_policy"):
        if record.source_set not in RESEARCH_ONLY:
            text = cut(record.document)
            add("bills", (Claim(text, each, ENTAILED, 0.95) for each in cut(record.summary)))
    for record in of("meetings_qmsum"):
        add("meetings", answered(record, cut))
    return {family: tuple(claims) for family, claims in found.items()}


def plain(data: Path, split: str = "train") -> list[str]:
    """The texts from which claims are made by rule, each once.

    Raises:
        SourceError: If a corpus cannot be read.
    """
    return list(
        dict.fromkeys(
            record.document
            for name in PLAIN
            for record in records(data / f"{name}.jsonl.gz", Record)
            if record.split == split
        )
    )


def is_kept(claim: Claim) -> bool:
    """Whether a claim is kept from training, to set thresholds on: so is all of its text."""
    return is_kept_text(claim.sentences)


def is_kept_text(sentences: Sequence[str]) -> bool:
    """The same of a text."""
    return crc32(" ".join(sentences).encode()) % KEPT_PARTS == 0


def text_of(summary: Any) -> str:
    """A summary that stands alone or in a record."""
    return summary if isinstance(summary, str) else str(summary.get("summary", ""))


def whole(record: Record, cut: Cutter, share: float) -> Iterator[Claim]:
    """The sentences of a summary of which `share` is right."""
    for each in cut(record.summary):
        yield Claim(cut(record.document), each, ENTAILED, share)


def voted(record: Record, cut: Cutter) -> Iterator[Claim]:
    """Sentences with the votes of several people each."""
    for each in record.sentences:
        share = sum(each["votes"]) / len(each["votes"])
        yield Claim(cut(record.document), each["sentence"], ENTAILED, share)


def edits(record: Record, cut: Cutter) -> Iterator[Claim]:
    """Sentences of an edited summary: what the edit left is right, what it made has the label."""
    before = set(cut(record.seed_summary))
    for each in cut(record.summary):
        right = record.label == 1 or each in before
        yield Claim(cut(record.document), each, ENTAILED, float(right))


def cited(record: Record) -> Iterator[Claim]:
    """A claim against a whole page, and against the sentences that carry it."""
    page = tuple(each for each in record.document_sentences if any(map(str.isalnum, each)))
    yield Claim(page, record.claim, ENTAILED, float(record.label == 1))
    if record.label == 1:
        for chosen in record.supporting_sentences[:2]:
            yield Claim(
                tuple(record.document_sentences[at] for at in chosen), record.claim, ENTAILED
            )


def bumped(found: Sequence[Record], cut: Cutter) -> Iterator[Claim]:
    """Sentences of true summaries, and those by which a false version differs from the true one."""
    true: dict[str, set[str]] = {}
    for record in found:
        if record.label == 1:
            true.setdefault(record.document, set()).update(cut(record.claim))
    for record in found:
        known = true.get(record.document, set())
        changed = [each for each in cut(record.claim) if each not in known]
        for each in cut(record.claim):
            if record.label == 1:
                yield Claim(cut(record.document), each, ENTAILED)
            elif each in changed and known:
                yield Claim(cut(record.document), each, ENTAILED, 0.0)


def scored(record: Record, cut: Cutter) -> Iterator[Claim]:
    """Sentences of summaries that are consistent with their text, or clearly are not."""
    for system in record.systems:
        score = system["scores"].get("consistency", (SUPPORTED + UNSUPPORTED) / 2)
        if score >= SUPPORTED or score < UNSUPPORTED:
            for each in cut(system["summary"]):
                share = float(score >= SUPPORTED) if score >= SUPPORTED else 0.25
                yield Claim(cut(record.document), each, ENTAILED, share)


def present(record: Record, cut: Cutter) -> Iterator[Claim]:
    """Key facts, and whether a summary states them."""
    for system in record.systems:
        for fact, there in zip(record.key_facts, system["present"], strict=True):
            yield Claim(cut(system["summary"]), fact, ENTAILED, float(there))


def answered(record: Record, cut: Cutter) -> Iterator[Claim]:
    """Answers to questions about a meeting, and the turns that give them."""
    for query in record.queries:
        turns = [
            f"{turn['speaker']}: {turn['text']}"
            for first, last in query["turn_spans"]
            for turn in record.turns[int(first) : int(last) + 1]
        ]
        if turns:
            for each in cut(query["answer"]):
                yield Claim(cut("\n".join(turns)), each, ENTAILED, 0.85)


def from_example(example: Example, cut: Cutter) -> Claim:
    """A pair of texts as a claim and its text."""
    return Claim(cut(example.first) or (example.first,), example.second, example.wanted)


class Layout:
    """Lays claims on sheets.

    Args:
        tokenizer: Of the encoder.
        marks: Numbers of the start and the end mark.
    """

    def __init__(self, tokenizer: Tokenizer, marks: tuple[int, int]) -> None:
        self._tokenizer = tokenizer
        self._marks = marks
        self._grounds = cache(Grounds)
        self._pieces = cache(lambda sentences: frozenset(numbers(tokenizer, " ".join(sentences))))

    def sheets(self, claims: Sequence[Claim], chance: random.Random) -> Iterator[Sheet]:
        """Lay `claims` on sheets, in any order, with some of their evidence each."""
        mixed = chance.sample(claims, len(claims))
        for start in range(0, len(mixed), SORTED):
            laid = [
                (chance.choice(self.lay(each, chance.choice(each.words))), wanted(each, chance))
                for each in mixed[start : start + SORTED]
            ]
            yield from sheeted(sorted(laid, key=lambda each: len(each[0].pieces)))

    def lay(self, claim: Claim, words: int) -> Any:
        """`claim` beside its evidence."""
        chosen = self._grounds(claim.sentences).choose(claim.claim, words)
        evidence = " ".join(claim.sentences[at] for at in chosen)
        whole = self._pieces(claim.sentences)
        return lay_claim(self._tokenizer, self._marks, evidence, claim.claim, whole)


def wanted(claim: Claim, chance: random.Random) -> tuple[float, ...]:
    """The classes that are right this time."""
    return claim.wanted if chance.random() < claim.share else NOT_ENTAILED


def balanced(
    claims: Sequence[Claim], often: float, most: int, chance: random.Random
) -> list[Claim]:
    """So often as many as there are `claims`, as many supported as not; half of one side alone.

    Args:
        claims: Of one family.
        often: How often.
        most: How often the same claim may come at most.
        chance: Which of them.
    """
    right = [each for each in claims if each.wanted == ENTAILED and each.share > 0.5]
    wrong = [each for each in claims if not (each.wanted == ENTAILED and each.share > 0.5)]
    each_side = round(often * len(claims) / 2)
    return [
        one
        for side in (right, wrong)
        for one in drawn(side, min(each_side, most * len(side)), chance)
    ]


def drawn(claims: Sequence[Claim], count: int, chance: random.Random) -> list[Claim]:
    """`count` of `claims`, each as often as any other, or once more."""
    if not claims:
        return []
    rounds, rest = divmod(count, len(claims))
    return [*claims] * rounds + chance.sample(claims, rest)

"""What a summary is chosen by, as far as it is counted: the sentences' facts and their words.

In: texts, cut into sentences and word pieces. Out: an `Outline`, arrays without any model. Training
and reading share this module, so that the weights meet what they were trained on; a change here
asks for new training.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from briefing.document import Sentence

    Numbers = NDArray[Any]
    Places = NDArray[Any]

FORM_FACTS = 13
FACTS = 2 * (FORM_FACTS + 23)
"""Numbers that `Outline.facts` holds of a sentence."""
WORD_FACTS = 2 * 14
"""Numbers that `Outline.word_facts` holds of a word."""
LEAST_WORDS = 5
"""A shorter sentence is chosen only where there is no longer one."""
SMALL = 1e-3
"""Deviations below this hardly count as any."""
STEMS = 50_000
"""Words whose stems are remembered."""
CONTENT_LETTERS = 4
"""A word with fewer letters rarely says what a text is about."""

_WORD = re.compile(r"[a-z0-9]+")
_VOWEL = re.compile(r"[aeiouy]")
_SELF = re.compile(r"\b(?:I|we|We)\b")
_BACKWARD = frozenset("he she it they but and this that these his her i we".split())


class Cut(NamedTuple):
    """One text of those that are summarised together.

    Attributes:
        text: As it stands.
        sentences: In order.
        offsets: Start and end of each word piece.
    """

    text: str
    sentences: Sequence[Sentence]
    offsets: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Outline:
    """The sentences and words of texts that are summarised together.

    Sentences, word pieces and words are numbered through all texts. A word stands for all its
    forms that `stem` makes one.

    Attributes:
        words: The words, each once, by number.
        lengths: Words, between white space, of each sentence.
        tokens: Runs of letters and digits in each sentence.
        eligible: Numbers of the sentences that a summary may take, ascending; at least one where
            there are sentences.
        pieces: First piece and the one behind the last of each sentence: (sentences, 2).
        facts: Of each sentence: (sentences, `FACTS`).
        word_facts: Of each word: (words, `WORD_FACTS`).
        sentence_of: Of each pair of a sentence and a word in it the sentence, ascending.
        word_of: Of each such pair the word.
        count_of: Of each such pair how often the word stands in the sentence.
        word_pieces: For each occurrence of a word its first piece.
        occurring: For each occurrence of a word the word.
    """

    words: tuple[str, ...]
    lengths: Places
    tokens: Places
    eligible: Places
    pieces: Places
    facts: Numbers
    word_facts: Numbers
    sentence_of: Places
    word_of: Places
    count_of: Places
    word_pieces: Places
    occurring: Places


class _Line(NamedTuple):
    """A sentence on its way into the outline."""

    words: str
    sentence: Sentence
    text: int
    place: int
    pieces: tuple[int, int]
    before: int


def outline(cuts: Sequence[Cut]) -> Outline:
    """Count what stands in `cuts`, which are summarised together."""
    import numpy as np

    lines = _lines(cuts)
    numbers: dict[str, int] = {}
    found = [
        (line, numbers.setdefault(stem(word), len(numbers)), piece, capital)
        for line, each in enumerate(lines)
        for word, piece, capital in _runs(cuts[each.text], each)
    ]
    columns = zip(*found, strict=True) if found else ((), (), (), ())
    at, occurring, word_pieces, capital = (np.array(each, dtype=np.int64) for each in columns)
    width = max(1, len(numbers))
    pairs, count_of = np.unique(at * width + occurring, return_counts=True)
    sentence_of, word_of = np.divmod(pairs, width)
    counts = _Counts(len(lines), tuple(numbers), sentence_of, word_of, count_of)
    lengths = np.array([len(line.words.split()) for line in lines], dtype=np.int64)
    form = np.array([_form(line) for line in lines], dtype=np.float64).reshape(-1, FORM_FACTS)
    capitals = np.bincount(occurring, capital, len(numbers))
    return Outline(
        words=counts.words,
        lengths=lengths,
        tokens=np.bincount(at, minlength=len(lines)),
        eligible=_eligible(lines, lengths),
        pieces=np.array([line.pieces for line in lines], dtype=np.int64).reshape(-1, 2),
        facts=_compared(
            np.concatenate([form, _measures(counts, lines, lengths, len(cuts))], axis=1)
        ),
        word_facts=_compared(_word_facts(counts, lines, lengths, capitals)),
        sentence_of=sentence_of,
        word_of=word_of,
        count_of=count_of,
        word_pieces=word_pieces,
        occurring=occurring,
    )


def tokens(text: str) -> Iterator[str]:
    """The runs of letters and digits in `text`, their forms made one."""
    return (stem(match.group()) for match in _WORD.finditer(text.lower()))


@lru_cache(maxsize=STEMS)
def stem(word: str) -> str:
    """Make the forms of a word one, roughly: `studies`, `studied` and `study` alike."""
    if len(word) < CONTENT_LETTERS:
        return word
    if word.endswith(("sses", "ies")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    if len(word) > CONTENT_LETTERS - 1:
        word = word.removesuffix("e")
    return word[:-1] + "i" if len(word) > CONTENT_LETTERS - 1 and word[-1] == "y" else word


def _lines(cuts: Sequence[Cut]) -> list[_Line]:
    lines: list[_Line] = []
    before = 0
    for text, cut in enumerate(cuts):
        starts = [start for start, _ in cut.offsets]
        for place, sentence in enumerate(cut.sentences):
            first, last = (before + bisect_left(starts, edge) for edge in sentence.span)
            words = cut.text[sentence.span.start : sentence.span.end]
            lines.append(_Line(words, sentence, text, place, (first, last), before))
        before += len(starts)
    return lines


def _runs(cut: Cut, line: _Line) -> Iterator[tuple[str, int, bool]]:
    """The runs of letters and digits of `line`, their first pieces, and whether capitals begin them."""
    start = line.sentence.span.start
    # The one capital with a longer small form would move all offsets behind it.
    small = line.words.replace("\u0130", " ").lower()
    first, last = line.pieces
    starts = [edge for edge, _ in cut.offsets[first - line.before : last - line.before]]
    for match in _WORD.finditer(small) if starts else ():
        piece = first + max(0, bisect_right(starts, start + match.start()) - 1)
        yield match.group(), piece, line.words[match.start()].isupper()


def _eligible(lines: Sequence[_Line], lengths: Places) -> Places:
    import numpy as np

    running = np.array([line.sentence.kind != "heading" for line in lines], dtype=bool)
    for wanted in (running & (lengths >= LEAST_WORDS), running):
        if wanted.any():
            return np.flatnonzero(wanted)
    return np.arange(len(lines))


def _form(line: _Line) -> tuple[float, ...]:
    """What a sentence looks like."""
    words = line.words.split()
    text = line.words
    digits = sum(map(str.isdigit, text))
    return (
        digits / len(text) * 5,
        digits > 0,
        sum(word[0].isupper() for word in words) / len(words),
        any(mark in text for mark in '"“”'),
        text[0] in "\"“'‘",
        text[-1] in ".!?\"”’'",
        text[-1] == "?",
        ":" in text,
        line.sentence.kind == "item",
        line.sentence.kind == "heading",
        words[0].lower() in _BACKWARD,
        bool(_SELF.search(text)),
        " said" in text or " says" in text,
    )


class _Counts(NamedTuple):
    """How often which word stands in which sentence; the pairs as in `Outline`."""

    size: int
    words: tuple[str, ...]
    sentence_of: Places
    word_of: Places
    count_of: Places

    def by_sentence(self, values: Numbers) -> Numbers:
        """Sums of a value a pair over the pairs of each sentence."""
        import numpy as np

        return np.bincount(self.sentence_of, values, self.size)

    def by_word(self, values: Numbers) -> Numbers:
        """Sums of a value a pair over the pairs of each word."""
        import numpy as np

        return np.bincount(self.word_of, values, len(self.words))


def _measures(counts: _Counts, lines: Sequence[_Line], lengths: Places, texts: int) -> Numbers:
    """Place and length of each sentence, and how its words are spread over all."""
    import numpy as np

    size = counts.size
    text = np.array([line.text for line in lines], dtype=np.int64)
    place = np.array([line.place for line in lines], dtype=np.float64)
    paragraph = np.array([line.sentence.paragraph for line in lines], dtype=np.int64)
    opens = np.ones(size, dtype=bool)
    opens[1:] = (paragraph[1:] != paragraph[:-1]) | (text[1:] != text[:-1])
    beside = np.bincount(text, minlength=texts)[text]
    behind = beside - 1 - place
    constant = np.ones(size)
    return np.stack(
        [
            np.log1p(place),
            place / beside,
            1 / np.sqrt(1 + place),
            place == 0,
            place == 1,
            place == 2,
            behind <= 1,
            np.minimum(1, behind / np.clip(beside, 1, 20)),
            np.log1p(lengths),
            np.minimum(lengths, 60) / 30,
            lengths < 8,
            lengths > 40,
            lengths / max(1.0, lengths.mean()) if size else place,
            opens,
            *_spread(counts),
            np.log(max(1, size)) / 4 * constant,
            np.log1p(texts) * constant,
            (texts > 1) * constant,
            np.log1p(text),
        ],
        axis=1,
    )


def _spread(counts: _Counts) -> tuple[Numbers, ...]:
    """Per sentence: likeness to the whole, words shared with others, and how rich it is in words."""
    import numpy as np

    within = counts.by_word(np.ones(len(counts.word_of)))
    often = counts.by_word(counts.count_of)
    rarity = np.maximum(0, np.log((counts.size + 1) / (within + 0.5)))
    weight = counts.count_of * rarity[counts.word_of]
    centre = counts.by_word(weight)
    norms = np.sqrt(counts.by_sentence(weight**2)) * np.sqrt((centre**2).sum()) + 1e-6
    content = _long(counts.words)[counts.word_of]
    others = (within[counts.word_of] - 1) * content / max(1, counts.size - 1)
    first = counts.by_word(counts.sentence_of == 0)[counts.word_of]
    different = counts.by_sentence(np.ones(len(counts.word_of)))
    return (
        counts.by_sentence(weight * centre[counts.word_of]) / norms,
        counts.by_sentence(others) / 3,
        counts.by_sentence(np.log(often[counts.word_of]) * content)
        / np.maximum(1, counts.by_sentence(content)),
        counts.by_sentence(first) / np.maximum(1, different),
        different / np.maximum(1, counts.by_sentence(counts.count_of)),
    )


def _compared(facts: Numbers) -> Numbers:
    """Put beside each fact how many deviations it lies above the mean of its kind in these texts."""
    import numpy as np

    if not len(facts):
        return np.concatenate([facts, facts], axis=1)
    above = facts - facts.mean(axis=0)
    return np.concatenate([facts, above / (above.std(axis=0) + SMALL)], axis=1)


def _long(words: Sequence[str]) -> Numbers:
    import numpy as np

    return np.array([len(word) >= CONTENT_LETTERS for word in words], dtype=np.float64)


def _word_facts(
    counts: _Counts, lines: Sequence[_Line], lengths: Places, capitals: Numbers
) -> Numbers:
    import numpy as np

    words = counts.words
    often, within = counts.by_word(counts.count_of), counts.by_word(np.ones(len(counts.word_of)))
    first = np.full(len(words), counts.size, dtype=np.int64)
    np.minimum.at(first, counts.word_of, counts.sentence_of)
    early = np.array([line.place < 3 for line in lines], dtype=np.float64)
    texts = 1 + max((line.text for line in lines), default=0)
    return np.stack(
        [
            np.log(often),
            np.log1p(within),
            often / max(1.0, often.sum()) * 100,
            often / max(1, lengths.sum()) * 170,
            capitals / often,
            np.array([len(word) / 8 for word in words]),
            np.array([word.isdigit() for word in words]),
            np.array([any(letter.isdigit() for letter in word) for word in words]),
            np.log1p(first) / 3,
            first / max(1, counts.size),
            first == 0,
            counts.by_word(early[counts.sentence_of]) / texts,
            within / max(1, counts.size),
            1 - _long(words),
        ],
        axis=1,
    )

"""Contrasts: passages written for this project, and what is true and false of them.

In: `*.jsonl`, a passage a line: its text, and facts. A fact is told truly in some other words, and
falsely by one small change each. Out: passages, and claims. True and false ones are alike in all
but what they say, so that nothing is to be learnt from their wording alone.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Literal

import msgspec

from briefing.reader.tasks.corpus import written
from briefing.support.tasks.corrupted import reworded
from briefing.support.tasks.sheets import DENIED, ENTAILED, NOT_ENTAILED, OPEN
from briefing.support.tasks.supported import Claim, is_kept_text
from briefing.support.tasks.whole import Whole

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from briefing.support.tasks.supported import Cutter

Kind = Literal[
    "number", "name", "quotation", "holder", "negation", "hedge", "relation", "time", "degree",
    "invented",
]  # fmt: skip
"""What is wrong with a false sentence."""
FOLDER = "contrasts"
"""Where they lie within the model's folder."""
BESIDE = 0.5
"""How often a passage is shown with the one that stands before it."""
WORDS = (110, 150)
"""How many words of evidence are shown: too few would lack what strongly reworded claims rest on."""
OWN = 0.4
"""How often a sentence of the passage itself, hardly changed, is shown as a true one: otherwise
more of the passage's words would make a sentence look false."""
UNSURE = frozenset(("holder", "quotation", "hedge"))
"""Kinds of which it is often a matter of taste whether the passage denies them."""
PILE = 8
"""Passages that stand together."""
WANTED = {"denied": DENIED, "open": OPEN}


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a passage says.

    Attributes:
        true: It, in other words.
        false: What is wrong, whether the passage denies that or leaves it open, and the sentence.
    """

    true: tuple[str, ...]
    false: tuple[tuple[Kind, Literal["denied", "open"], str], ...]


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text of a few sentences.

    Attributes:
        genre: What kind of document it might stand in.
        text: The passage.
        facts: Some that it tells.
    """

    genre: str
    text: str
    facts: tuple[Fact, ...]


def load(folder: Path) -> tuple[Passage, ...]:
    """All passages in the files of `folder`, by name.

    Raises:
        SourceError: If there are none, or a line is no passage.
    """
    return tuple(passage for _, passage in written(folder, Passage))


def claims(passages: Sequence[Passage], cut: Cutter, chance: random.Random) -> Iterator[Claim]:
    """What is true and false of each passage, alone or beside another, as in a longer text."""
    for before, passage in zip((passages[-1], *passages), passages, strict=False):
        sentences = cut(passage.text)
        if chance.random() < BESIDE:
            sentences = (*cut(before.text), *sentences)
        own = [reworded(each, chance) for each in cut(passage.text) if chance.random() < OWN]
        true = [*own, *(each for fact in passage.facts for each in fact.true)]
        for sentence in true:
            yield Claim(sentences, sentence, ENTAILED, words=WORDS)
        for fact in passage.facts:
            for kind, mark, sentence in fact.false:
                wanted = NOT_ENTAILED if kind in UNSURE else WANTED[mark]
                yield Claim(sentences, sentence, wanted, words=WORDS)


def piled(passages: Sequence[Passage], cut: Cutter) -> Iterator[Whole]:
    """What is true and false of the passages that are kept, each among others as in a pile."""
    for at, passage in enumerate(passages):
        if not is_kept_text(cut(passage.text)):
            continue
        first = at - at % PILE
        pile = chain.from_iterable(cut(each.text) for each in passages[first : first + PILE])
        sentences = tuple(pile)
        for fact in passage.facts:
            for sentence in fact.true:
                yield Whole(FOLDER, sentences, (sentence,), 1, is_kept=True)
            for _, _, sentence in fact.false:
                yield Whole(FOLDER, sentences, (sentence,), 0, is_kept=True)


def learnt(folder: Path, cut: Cutter) -> tuple[Passage, ...]:
    """The passages in `folder` that are learnt from."""
    return tuple(each for each in load(folder) if not is_kept_text(cut(each.text)))


def kept(folder: Path, cut: Cutter) -> tuple[Passage, ...]:
    """Those that are kept from training."""
    return tuple(each for each in load(folder) if is_kept_text(cut(each.text)))

"""Whether a text carries a claim, and with which of its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.support.blend import blended, features, odds, together
from briefing.support.grounds import Grounds
from briefing.support.likeness import Likeness
from briefing.support.opened import SUPPORT, opened
from briefing.support.pairs import lay_claim, numbers, score, vector
from briefing.support.surface import Surface
from briefing.support.weighed import Weighed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch
    from tokenizers import Tokenizer

    from briefing.reader.dense import Precision
    from briefing.support.pairs import Pair

    Asked = Sequence[tuple["Text", Sequence[str], Sequence[Sequence[int]]]]
    """Texts, claims as their sentences, and numbers of the sentences that each is held against."""

SHORT_WORDS = 40
"""Words of the evidence that a claim is held against a second time, to the better of both scores:
among much else, the network overlooks the one sentence that says it all."""
TOGETHER = 100
"""Claims whose words are compared at once; more would keep too many vectors."""


class Text:
    """The sentences of a text, or of several, made ready for any number of claims.

    Args:
        sentences: In order.
        tokenizer: Of the encoder.
    """

    def __init__(self, sentences: Sequence[str], tokenizer: Tokenizer) -> None:
        self.sentences = tuple(sentences)
        self.grounds = Grounds(self.sentences)
        self.surface = Surface(self.sentences)
        self.pieces = frozenset(
            number for each in self.sentences for number in numbers(tokenizer, each)
        )


class Scorer:
    """The scorer of support, loaded; one a process.

    Args:
        folder: See `opened`.
        encoder: Likewise.
        precision: Likewise.

    Attributes:
        name: The model's name, from its card.
        sha256: Digest of its weights, in hex.

    Raises:
        ModelError: If files are missing, differ from their digests or are of another kind.
    """

    name: str
    sha256: str

    def __init__(
        self,
        folder: Path | None = None,
        encoder: Path | None = None,
        *,
        precision: Precision | None = None,
    ) -> None:
        found = opened(SUPPORT, folder, encoder, precision)
        self.name, self.sha256 = found.name, found.sha256
        self._tokenizer, self._marks = found.tokenizer, found.marks
        self._bert, self._heads = found.bert, found.heads
        self._likeness = Likeness(folder, encoder, precision=precision)

    def text(self, sentences: Sequence[str]) -> Text:
        """Make the sentences of a text ready to be asked."""
        return Text(sentences, self._tokenizer)

    def weigh(self, asked: Sequence[tuple[Text, str]]) -> tuple[Weighed, ...]:
        """What each text makes of the claim beside it.

        A claim's score is the same whatever others are weighed with it.

        Args:
            asked: Texts and claims of one sentence each.
        """
        return self.weigh_all([(text, [claim]) for text, claim in asked])

    def weigh_all(self, asked: Sequence[tuple[Text, Sequence[str]]]) -> tuple[Weighed, ...]:
        """As `weigh`, of claims of one or more sentences each."""
        return self._weigh(grounded(asked))

    def weigh_on(self, asked: Sequence[tuple[Text, str, Sequence[int]]]) -> tuple[Weighed, ...]:
        """As `weigh`, with the numbers of the sentences that each claim is held against."""
        return self._weigh([(text, [claim], [evidence]) for text, claim, evidence in asked])

    def _weigh(self, asked: Asked) -> tuple[Weighed, ...]:
        import torch

        if not asked:
            return ()
        found = self._judge(asked)
        measured = torch.tensor(self._features(asked))
        judged = torch.tensor([together([odds(one) for one, _ in each]) for each in found])
        with torch.inference_mode():
            # One claim at a time: sums of many rows at once may differ in their last bits.
            scores = [
                blended(self._heads, measured[at : at + 1], judged[at : at + 1]).item()
                for at in range(len(asked))
            ]
        return tuple(
            Weighed(
                score, max(denied for _, denied in each), tuple(sorted(set().union(*evidence)))
            )
            for score, each, (_, _, evidence) in zip(scores, found, asked, strict=True)
        )

    def judged(self, asked: Sequence[tuple[Text, Sequence[str]]]) -> list[float]:
        """What the network alone makes of claims, as log-odds."""
        return [together([odds(one) for one, _ in each]) for each in self._judge(grounded(asked))]

    def features(self, asked: Sequence[tuple[Text, Sequence[str]]]) -> list[list[float]]:
        """The numbers of claims that the small nets read; see `blend`."""
        return self._features(grounded(asked))

    def _features(self, asked: Asked) -> list[list[float]]:
        found: list[list[float]] = []
        for start in range(0, len(asked), TOGETHER):
            some = asked[start : start + TOGETHER]
            alike = iter(
                self._likeness.measures(
                    [
                        (part, [text.sentences[at] for at in on])
                        for text, claim, evidence in some
                        for part, on in zip(claim, evidence, strict=True)
                    ]
                )
            )
            found += [
                features([[*text.surface.measures(part), *next(alike)] for part in claim])
                for text, claim, _ in some
            ]
        return found

    def _judge(self, asked: Asked) -> list[list[tuple[float, float]]]:
        """The network's scores of each sentence of each claim: supported, and denied."""
        import torch

        laid = [
            [self._lay(text, *part) for part in zip(claim, evidence, strict=True)]
            for text, claim, evidence in asked
        ]
        pairs = [pair for claim in laid for windows in claim for pair in windows]
        # More share a sheet that way; a long one between two short ones would part them.
        order = sorted(range(len(pairs)), key=lambda at: len(pairs[at].pieces))
        with torch.inference_mode():
            rows = self._bert.run(pairs[at].pieces for at in order)
            found = {at: self._scores(next(rows)[0], pairs[at]) for at in order}
        scores = iter(found[at] for at in range(len(pairs)))
        return [[weakest(windows, scores) for windows in claim] for claim in laid]

    def _lay(self, text: Text, claim: str, evidence: Sequence[int]) -> tuple[Pair, ...]:
        """`claim` beside its evidence, and beside the best of it where that is less."""
        best = text.grounds.choose(claim, SHORT_WORDS, evidence)
        return tuple(
            pair
            for chosen in ((evidence, best) if len(best) < len(evidence) else (evidence,))
            for pair in lay_claim(
                self._tokenizer,
                self._marks,
                " ".join(text.sentences[number] for number in chosen),
                claim,
                text.pieces,
            )
        )

    def _scores(self, rows: torch.Tensor, pair: Pair) -> tuple[float, float]:
        import torch

        first, second = (torch.zeros(1, len(rows)) for _ in "12")
        first[0, 1 : 1 + pair.first] = 1
        second[0, pair.second.start : pair.second.stop] = 1
        scores = score(self._heads, vector(rows.float()[None], first, second))
        entailed, _, denied = scores[0].softmax(-1).tolist()
        return entailed, denied


def grounded(asked: Sequence[tuple[Text, Sequence[str]]]) -> Asked:
    """Each claim with the sentences of its text that it may rest on."""
    return [(text, claim, [text.grounds.choose(part) for part in claim]) for text, claim in asked]


def weakest(windows: Sequence[Pair], scores: Iterator[tuple[float, float]]) -> tuple[float, float]:
    """The scores of the part of the claim that has the lowest; each part's are its best."""
    parts: dict[tuple[int, ...], tuple[float, float]] = {}
    for pair in windows:
        part, found = tuple(pair.pieces[at][0] for at in pair.second), next(scores)
        parts[part] = max(parts.get(part, found), found)
    return min(parts.values())

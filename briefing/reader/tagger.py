"""The head for attribution: which spans name a source, attribute, or are attributed.

In: the vectors of a window's word pieces. Out: spans of the text, each source and content with
the cue that it belongs to.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from briefing.document import Span
from briefing.reader.decode import Path, Role, Run, best_paths, runs, snap
from briefing.reader.links import link_scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    import torch
    from numpy.typing import NDArray

    Pair = tuple[torch.Tensor, torch.Tensor]

DECIMALS = 6
REACH = 200
"""Most characters between a span and its cue where no cue stands in the same window."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """One span that the tagger found.

    Attributes:
        role: Who says it, the words that attribute it, or what is said.
        span: In the text, from word edge to word edge.
        probability: How sure the tagger is of its pieces' tags: their mean, 0 to 1.
        link: Place, among all that was found, of the cue that a source or content belongs to, and
            of the source that a cue has, which other cues may share; None where there is none.
    """

    role: Role
    span: Span
    probability: float
    link: int | None


class Window(NamedTuple):
    """What the head makes of one window, before its tags are known.

    Attributes:
        offsets: Of its pieces in the text.
        tags: Their scores, of (pieces, tags).
        asks: What a source or content that begins with a piece compares with cues.
        answers: What a cue that begins with it is compared by.
        seeks: What a cue that begins with a piece compares with sources; the start mark first.
        offers: What a source that begins with it is compared by; the start mark, for none, first.
    """

    offsets: Sequence[tuple[int, int]]
    tags: NDArray[np.floating]
    asks: torch.Tensor
    answers: torch.Tensor
    seeks: torch.Tensor
    offers: torch.Tensor


class TagHead(NamedTuple):
    """What stands on the branch: pairs of matrix and bias, and tables of numbers.

    Attributes:
        tags: From a piece's vector to the scores of its tags.
        follow: What is added to the score of a tag for the tag before it; of (tags, tags).
        asks: From the first piece of a source or content to what is compared with cues.
        answers: From the first piece of a cue likewise.
        distance: What is added to the score of such a link, by bucket of its distance.
        seeks: From the first piece of a cue to what is compared with sources.
        offers: From the first piece of a source, or the start mark, likewise.
        reach: What is added to the score of such a link.
    """

    tags: Pair
    follow: torch.Tensor
    asks: Pair
    answers: Pair
    distance: torch.Tensor
    seeks: Pair
    offers: Pair
    reach: torch.Tensor

    @classmethod
    def take(cls, weights: Mapping[str, torch.Tensor]) -> TagHead:
        """The head among the weights of a reader, by the names of `tasks.attribution.heads`.

        Raises:
            KeyError: If one is missing.
        """

        def pair(name: str) -> Pair:
            return weights[f"{name}.weight"], weights[f"{name}.bias"]

        return cls(
            pair("tags"),
            weights["follow.weight"],
            pair("asks"),
            pair("answers"),
            weights["distance.weight"].squeeze(-1),
            pair("seeks"),
            pair("offers"),
            weights["reach.weight"].squeeze(-1),
        )

    def look(self, offsets: Sequence[tuple[int, int]], rows: torch.Tensor) -> Window:
        """Read the rows of one window, of (pieces and the two marks, size), in 32-bit floats."""
        from torch.nn import functional

        asks, answers, seeks, offers = (
            functional.linear(rows, *pair)
            for pair in (self.asks, self.answers, self.seeks, self.offers)
        )
        tags = functional.linear(rows[1:-1], *self.tags)
        return Window(offsets, tags.numpy(), asks, answers, seeks, offers)

    def spans(self, text: str, windows: Sequence[Window]) -> tuple[Tagged, ...]:
        """The spans of `text`, from its windows in order."""
        paths = best_paths([window.tags for window in windows], self.follow.numpy())
        found: list[Tagged] = []
        for window, path in zip(windows, paths, strict=True):
            found += self._within(text, window, path, tuple(found))
        return link_near(found)

    def _within(
        self, text: str, window: Window, path: Path, before: Sequence[Tagged]
    ) -> Iterator[Tagged]:
        """The spans of one window; they begin after those `before` it, and links count from them."""
        count, floor = len(before), before[-1].span.end if before else 0
        kept: list[tuple[Run, Span]] = []
        for run in runs(path.tags):
            raw = Span(window.offsets[run.start][0], window.offsets[run.end - 1][1])
            if span := snap(text, raw, floor):
                kept.append((run, span))
                floor = span.end
        found = [run for run, _ in kept]
        links, holders = self._links(window, found), self._holders(window, found)
        for number, (run, span) in enumerate(kept):
            shares = path.probabilities[run.start : run.end]
            link = holders.get(number) if run.role == "cue" else links.get(number)
            yield Tagged(
                run.role,
                span,
                round(fmean(shares), DECIMALS),
                None if link is None else count + link,
            )

    def _links(self, window: Window, found: Sequence[Run]) -> dict[int, int]:
        """For each source and content its best cue, both by their place in `found`."""
        import torch

        cues = [number for number, run in enumerate(found) if run.role == "cue"]
        others = [number for number, run in enumerate(found) if run.role != "cue"]
        if not (cues and others):
            return {}
        at, to = (
            # The start mark moves every place by one.
            torch.tensor([found[number].start + 1 for number in group])
            for group in (others, cues)
        )
        distances = to[None] - at[:, None]
        scores = link_scores(window.asks[at], window.answers[to], distances, self.distance)
        best: list[int] = scores.argmax(dim=-1).tolist()
        return {other: cues[place] for other, place in zip(others, best, strict=True)}

    def _holders(self, window: Window, found: Sequence[Run]) -> dict[int, int]:
        """For each cue its best source, if that is likelier than none."""
        import torch

        cues = [number for number, run in enumerate(found) if run.role == "cue"]
        sources = [number for number, run in enumerate(found) if run.role == "source"]
        if not (cues and sources):
            return {}
        at = torch.tensor([found[number].start + 1 for number in cues])
        to = torch.tensor([0, *(found[number].start + 1 for number in sources)])
        distances = to[None] - at[:, None]
        scores = link_scores(window.seeks[at], window.offers[to], distances, self.reach)
        best: list[int] = scores.argmax(dim=-1).tolist()
        return {cue: sources[place - 1] for cue, place in zip(cues, best, strict=True) if place}


def link_near(found: Sequence[Tagged]) -> tuple[Tagged, ...]:
    """Link what has no cue in its window to the nearest one within `REACH`."""
    cues = [number for number, each in enumerate(found) if each.role == "cue"]

    def gap(number: int, cue: int) -> int:
        first, last = sorted((found[number].span, found[cue].span))
        return last.start - first.end

    def nearest(number: int) -> int | None:
        place = bisect_left(cues, number)
        near = [cue for cue in cues[max(0, place - 1) : place + 1] if gap(number, cue) <= REACH]
        return min(near, key=lambda cue: gap(number, cue), default=None)

    return tuple(
        replace(each, link=nearest(number)) if each.link is None and each.role != "cue" else each
        for number, each in enumerate(found)
    )

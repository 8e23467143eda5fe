"""What spaCy's rules say of a word by itself, asked once a kind of word.

In: tagged and parsed sentences. Out: the matches of spaCy's attribute ruler, which turn tags into
parts of speech. Nearly all of its patterns look at one word, at its tag, relation and letters; the
ruler tries them all at every word anew, for longer than the parser takes.
"""

from __future__ import annotations

from typing import Any

from spacy.attrs import DEP, LOWER, TAG  # noqa: TID253 - spaCy is loaded before
from spacy.matcher import Matcher  # noqa: TID253

Match = tuple[int, int, int]
"""The number of its patterns, and the first word and the end of what they match."""


class Remembered:
    """Stands in for the matcher of an attribute ruler.

    Args:
        ruler: An `AttributeRuler` whose patterns look at nothing of a word but its tag, its
            relation and its letters in lower case.
    """

    def __init__(self, ruler: Any) -> None:
        self._matcher = ruler.matcher
        self._longer = Matcher(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            longer = [pattern for pattern in rule["patterns"] if len(pattern) > 1]
            if longer:
                self._longer.add(str(number), longer)
        self._known: dict[tuple[int, ...], list[int]] = {}

    def __call__(self, doc: Any, **options: bool) -> list[Match]:
        """All matches in `doc`; `options` are those of `Matcher`."""
        found: list[Match] = self._longer(doc, **options)
        for at, look in enumerate(map(tuple, doc.to_array([TAG, LOWER, DEP]).tolist())):
            known = self._known.get(look)
            if known is None:
                known = [number for number, *_ in self._matcher(doc[at : at + 1], **options)]
                self._known[look] = known
            found += [(number, at, at + 1) for number in known]
        return found

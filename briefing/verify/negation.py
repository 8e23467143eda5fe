"""What a sentence denies and its grounds affirm, or the other way round.

No parse: of each `not`, `never`, `denied` and the like the first telling word after it counts as
denied. Such a word is a fault if the other side has it where nothing at all is denied, so that a
paraphrase with any negative word of its own passes: opposites are for the scorer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Span
from briefing.quantities.stems import WORD
from briefing.verify.grounds import Case, Fault, Stretch, clauses, share, telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CUE = re.compile(
    r"\b(?:not(?! (?:only|just|merely|least|until|more|less|fewer|the|an?|this|that|those|these|his|her|its|their|our|because|so)\b)|never|no longer|cannot|without"
    r"|(?:den(?:y|ies|ied|ying)|(?:fail|refus|declin)(?:e?s|e?d|ing))(?: to)?|ruled out|rules out"
    r"|ruling out|nobody|no one|none|neither|nor|no(?! (?:more|less|fewer|later|sooner|doubt|matter"
    r"|longer|one|earlier|wonder)))\b|n[’']t\b",
    re.IGNORECASE,
)
NEGATIVE = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|cannot|without|hardly|barely|scarcely"
    r"|rarely|seldom|few|little|only|unless|instead|rather|too|against|unlikely|unable|doubt\w*"
    r"|den(?:y|ies|ied|ying|ials?)|reject\w*|refus\w*|declin\w*|fail\w*|fals\w*|untrue|wrong\w*|rul(?:e|ed"
    r"|es|ing) out|lack\w*|absen\w+|oppos\w+|stop\w*|prevent\w*|avoid\w*|block\w*|halt\w*|cancel\w*"
    r"|abandon\w*|drop\w*|withdr\w+|miss\w*|exclu\w+|exempt\w*|spar(?:e|es|ed|ing)|free of|minus|zero"
    r"|contradict\w*|disput\w*|refut\w*|dismiss\w*|un(?!der|til|it|ion|ivers|ique)\w{3,}|in(?:valid|accurate"
    r"|correct|sufficient|adequate|ability|complete)\w*|dis\w{4,}|non-?\w+|yet to|end(?:s|ed|ing)?"
    r"|least|less|away from|off|silent|mum|open|remain\w*|still|leave\w*|left|out|short|ban\w*|bar(?:s|red)"
    r"|forb[ai]d\w*|prohibit\w*|resist\w*|contrary|far from|instead|other than|except\w*|apart)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Any word that may turn what is said, in a wide sense."""
NOTHING = re.compile(
    r"\b(?P<verb>[a-z]{3,})\s+(?:(?:us|me|him|her|them|you|it)\s+)?nothing\b(?! but)"
)
END = re.compile(
    r"[.;:!?—–()]|,\s|\b(?:but|because|although|though|while|whereas|if|when)\b", re.IGNORECASE
)
SAME = 0.5
"""Share of the telling words that the shorter of the two must have in common with the other."""


def negation_faults(case: Case) -> Iterator[Fault]:
    """The words that one side denies and the other does not; at most one of each kind."""
    yield from added(case)
    yield from left_out(case)


def added(case: Case) -> Iterator[Fault]:
    """What the sentence denies and the grounds affirm."""
    for word, span in denied(case.text):
        near = [
            stretch
            for stretch in case.grounds
            if word in telling(stretch.text) and alike(case, stretch) and stretch.text[-1:] != "?"
        ]
        if near and not any(map(NEGATIVE.search, clauses_with(near, word))):
            words = case[span]
            yield Fault(
                "negation",
                span,
                f"“{words}” denies what the passage does not",
                evidence=near[0].evidence,
            )
            return


def left_out(case: Case) -> Iterator[Fault]:
    """What the grounds deny and a clause of the sentence, in which nothing is negative, affirms."""
    for stretch in case.grounds:
        if not alike(case, stretch) or stretch.text.endswith("?"):
            continue
        for word, span in denied(stretch.text):
            told = [one for one in clauses(case.text) if word in telling(case[one])]
            turned = any(NEGATIVE.search(case[one]) for one in told)
            if not told or turned or is_affirmed(case, word) or is_twice(stretch.text, span):
                continue
            words = stretch[span]
            yield Fault(
                "negation",
                place_of(case.text, word),
                f"the passage denies it: “{words}”",
                evidence=stretch.evidence,
            )
            return


def clauses_with(stretches: Sequence[Stretch], word: str) -> Iterator[str]:
    """The clauses of sources that have the word of stem `word`."""
    for stretch in stretches:
        for one in clauses(stretch.text):
            if word in telling(stretch[one]):
                yield stretch[one]


def is_affirmed(case: Case, word: str) -> bool:
    """Whether the grounds also have the word of stem `word` where they do not deny it."""
    return any(
        sum(word in telling(match[0]) for match in WORD.finditer(stretch.text))
        > sum(word == one for one, _ in denied(stretch.text))
        for stretch in case.grounds
    )


def alike(case: Case, stretch: Stretch) -> bool:
    """Whether the sentence and one of a source are about the same."""
    one, other = telling(case.text), telling(stretch.text)
    short, long = sorted((one, other), key=len)
    return share(short, long) >= SAME


def denied(text: str) -> Iterator[tuple[str, Span]]:
    """The stem of the first telling word after each negation of `text`, and the words up to it."""
    for cue in CUE.finditer(text):
        stop = END.search(text, cue.end())
        for match in WORD.finditer(text, cue.end(), stop.start() if stop else len(text)):
            found = telling(match[0])
            if found:
                yield next(iter(found)), Span(cue.start(), match.end())
                break
    for match in NOTHING.finditer(text):
        for word in telling(match["verb"]):
            yield word, Span(*match.span())


def is_twice(text: str, span: Span) -> bool:
    """Whether another negative word before a denial of `text` may turn it again."""
    return NEGATIVE.search(text[: span.start]) is not None


def place_of(text: str, word: str) -> Span:
    """Where the word of stem `word` stands in `text`."""
    return next(
        (Span(*match.span()) for match in WORD.finditer(text) if word in telling(match[0])),
        Span(0, len(text)),
    )

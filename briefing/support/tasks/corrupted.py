"""Claims made from the sentences of plain texts: true ones reworded a little, and false ones.

In: texts as sentences. Out: claims with what their text makes of them. One thing is wrong with a
false one: a name, a number, who says it, who does it to whom, a hedge, a negation, a time or a
degree. Rules change words blindly, so that some sentences are poor English; true ones are changed
as blindly, so that poor English tells nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.support.tasks import made
from briefing.support.tasks.sheets import NOT_ENTAILED

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from briefing.support.tasks.supported import Claim

NAME = re.compile(
    r"(?<![.!?“\"]\s)(?<!^)\b[A-Z][\w’'-]*[a-z](?:\s(?:of\s|the\s)?[A-Z][\w’'-]*[a-z])*(?!\w)"
)
SAID = "said|says|told|added|warned|argued|claimed|insisted|announced|explained|noted|wrote"
SPOKEN = re.compile(
    rf"^(?P<what>[^“\"]{{30,}}), (?P<who>(?:the |[A-Z])[^,“\"]{{2,60}}?) (?P<verb>{SAID})\.?$"
)
SPEAKER = re.compile(rf"(?P<who>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*) (?P<verb>{SAID})\b")
HEDGED = (
    (re.compile(r"\b(?:may|might|could) (?=[a-z]+\b)(?!have\b)"), "will "),
    (re.compile(r"\b(?:may|might|could) have\b"), "has"),
    (
        re.compile(r"\b(?:is|are|was|were) (?:likely|expected|set|due|thought|believed) to\b"),
        "will",
    ),
    (re.compile(r"\b(?:hopes?|plans?|wants?|intends?) to\b"), "will"),
    (re.compile(r"\b(?:reportedly|possibly|probably|perhaps|allegedly|apparently|likely) "), ""),
    (re.compile(r"\b(?:appears?|seems?) to be\b"), "is"),
    (re.compile(r"\b(?:about|around|nearly|almost|roughly|approximately) (?=\d)"), "exactly "),
)
"""What weakens a statement, and what stands there where it is taken for certain."""
CERTAIN = re.compile(r"\bwill (?=[a-z]+\b)(?!not\b)")
TURNED = (
    ("before", "after"), ("until", "since"), ("yesterday", "tomorrow"), ("last", "next"),
    ("earlier", "later"), ("first", "last"), ("all", "some"), ("most", "few"), ("more", "less"),
    ("every", "no"), ("always", "never"), ("both", "neither"), ("many", "few"), ("rose", "fell"),
    ("rise", "fall"), ("rising", "falling"), ("increased", "decreased"), ("increase", "decrease"),
    ("higher", "lower"), ("highest", "lowest"), ("up", "down"), ("above", "below"),
    ("over", "under"), ("larger", "smaller"), ("better", "worse"), ("best", "worst"),
    ("with", "without"), ("inside", "outside"), ("north", "south"), ("east", "west"),
    ("old", "new"), ("older", "younger"), ("men", "women"), ("father", "mother"),
    ("brother", "sister"), ("son", "daughter"), ("he", "she"), ("his", "her"),
    ("least", "most"), ("early", "late"), ("open", "closed"), ("strong", "weak"),
    ("success", "failure"), ("public", "private"), ("local", "national"), ("top", "bottom"),
    ("agreed", "refused"), ("gained", "lost"), ("growth", "decline"), ("profit", "loss"),
)  # fmt: skip
"""Words of which each makes the other's sentence false, mostly."""
OTHER_SIDE = {one: other for pair in TURNED for one, other in (pair, pair[::-1])}
TURNING = re.compile(rf"\b(?:{'|'.join(sorted(OTHER_SIDE))})\b")
CONTRACTED = (("n't", " not"), ("'ll", " will"), ("'re", " are"), ("'ve", " have"))
EXPANDED = ((" did not ", " didn't "), (" will not ", " won't "), (" is not ", " isn't "))
SIMILAR = (
    ("however", "but"), ("said", "stated"), ("also", "too"), ("more than", "over"),
    ("around", "about"), ("people", "persons"), ("because", "as"), ("start", "begin"),
    ("began", "started"), ("big", "large"), ("help", "assist"), ("near", "close to"),
    ("told", "informed"), ("buy", "purchase"), ("show", "demonstrate"), ("need", "require"),
    ("announced", "made public"), ("despite", "in spite of"), ("while", "as"), ("get", "obtain"),
)  # fmt: skip
"""Words that may stand for each other, nearly."""
LOWERED = 0.25
"""Share of claims that are written as some systems write: in small letters, marks set apart."""
MARK = re.compile(r"\s*([.,;:!?()\"“”])\s*")


class Made(NamedTuple):
    """A claim of a text, and whether the text supports it."""

    sentences: tuple[str, ...]
    claim: str
    supported: bool


def make(texts: Sequence[tuple[str, ...]], chance: random.Random, count: int) -> Iterator[Made]:
    """About `count` claims from sentences of `texts`, as many false ones as true ones.

    Args:
        texts: Sentences of each.
        chance: What is drawn.
        count: Fewer where the texts give no more.
    """
    done = 0
    for text in chance.sample(texts, len(texts)):
        if done >= count:
            return
        names = names_of(text)
        usable = [
            each for each in text if made.LEAST_WORDS <= len(each.split()) <= made.MOST_WORDS
        ]
        for sentence in chance.sample(usable, min(len(usable), made.OF_TEXT)):
            wrong = falsified(sentence, names, chance)
            if wrong is None:
                continue
            right = reworded(sentence, chance)
            # What is wrong is reworded as often as what is right.
            if chance.random() < 0.5:
                wrong = reworded(wrong, chance)
            for claim, supported in ((wrong, False), (right, True)):
                yield Made(text, styled(claim, chance), supported)
                done += 1


def falsify(claims: Sequence[Claim], chance: random.Random, count: int) -> list[Claim]:
    """At most `count` of the true ones among `claims`, each with one thing wrong.

    Unlike what is made of a text's own sentences, these are in other words than their text.
    """
    true = [claim for claim in claims if claim.is_true]
    found = []
    for claim in chance.sample(true, min(count, len(true))):
        names = [name for sentence in claim.sentences for name in NAME.findall(sentence)]
        wrong = falsified(claim.claim, list(dict.fromkeys(names)), chance)
        if wrong is not None:
            found.append(replace(claim, claim=wrong, wanted=NOT_ENTAILED, share=1.0))
    return found


def names_of(text: Sequence[str]) -> list[str]:
    """Names in the sentences of a text, each once."""
    return list(dict.fromkeys(name for sentence in text for name in NAME.findall(sentence)))


def falsified(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """`sentence` with one thing wrong; None where no rule applies."""
    ways = (named, swapped, hedge_dropped, turned, counted, denied, misheld)
    for way in chance.sample(ways, len(ways)):
        found = way(sentence, names, chance)
        if found and found.casefold() != sentence.casefold():
            return found
    return None


def named(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """With another name of the text in the place of one."""
    found = list(NAME.finditer(sentence))
    others = [name for name in names if name not in sentence]
    if not found or not others:
        return None
    match = chance.choice(found)
    of_length = [name for name in others if len(name.split()) == len(match[0].split())]
    return made.replaced(sentence, match, chance.choice(of_length or others))


def swapped(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """With two of its names in each other's place."""
    del names
    found = list(NAME.finditer(sentence))
    pairs = [(one, two) for one, two in pairwise(found) if one[0] not in two[0]]
    # Names beside each other are mostly a list, whose order says nothing.
    pairs = [
        (one, two) for one, two in pairs if len(sentence[one.end() : two.start()].split()) > 1
    ]
    if not pairs:
        return None
    one, two = chance.choice(pairs)
    between = sentence[one.end() : two.start()]
    return sentence[: one.start()] + two[0] + between + one[0] + sentence[two.end() :]


def hedge_dropped(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """Taken for certain."""
    del names, chance
    for hedge, certain in HEDGED:
        if match := hedge.search(sentence):
            return made.replaced(sentence, match, certain)
    return None


def turned(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """With a word of time, degree or kind in its opposite."""
    del names
    found = list(TURNING.finditer(sentence))
    if not found:
        return None
    match = chance.choice(found)
    return made.replaced(sentence, match, OTHER_SIDE[match[0]])


def counted(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """With another number."""
    del names
    changes = [each.text for each in made.numbers(sentence, chance)]
    return changes[0] if changes else None


def denied(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """With a `not`, or with the verb of the other side."""
    del names
    stances = [each.text for each in made.stances(sentence, chance)]
    if stances:
        return stances[0]
    match = made.VERB.search(sentence)
    if match is None:
        return sentence.replace(" not ", " ", 1) if " not " in sentence else None
    return made.replaced(sentence, match, f"{match['verb']} not")


def misheld(sentence: str, names: Sequence[str], chance: random.Random) -> str | None:
    """Said by another."""
    match = SPEAKER.search(sentence)
    others = [name for name in names if name not in sentence]
    if match is None or not others:
        return None
    return f"{sentence[: match.start('who')]}{chance.choice(others)}{sentence[match.end('who') :]}"


def reworded(sentence: str, chance: random.Random) -> str:
    """`sentence` in other words that say no more: some changes, or none."""
    said = SPOKEN.match(sentence)
    if said and chance.random() < 0.6:
        what = said["what"]
        who = said["who"][0].upper() + said["who"][1:]
        sentence = f"{who} {said['verb']} {what[0].lower() + what[1:]}."
    if chance.random() < 0.3:
        sentence = made.shortened(sentence)
    same = [each.text for each in made.numbers(sentence, chance)][1:]
    if same and chance.random() < 0.4:
        sentence = same[0]
    match = CERTAIN.search(sentence)
    if match and chance.random() < 0.3:
        sentence = made.replaced(sentence, match, "is expected to ")
    for one, other in (*CONTRACTED, *EXPANDED):
        if one in sentence and chance.random() < 0.5:
            sentence = sentence.replace(one, other)
    for one, other in SIMILAR:
        if chance.random() < 0.4:
            sentence = re.sub(rf"\b{one}\b", other, sentence, count=1)
    return sentence


def styled(claim: str, chance: random.Random) -> str:
    """`claim` as it is, or as some systems write."""
    if chance.random() >= LOWERED:
        return claim
    return MARK.sub(r" \1 ", claim).strip().lower()

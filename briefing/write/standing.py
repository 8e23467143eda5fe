"""Which words can be read without the text around them.

English only: in another language nothing is dropped or turned down here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span
from briefing.findings import CUT, Actor, Piece, Statement
from briefing.write.antecedents import (
    FINITE,
    OWNERS,
    PLACEHOLDERS,
    PRONOUN,
    has_antecedent,
    is_bare_figure,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CONNECTIVE = re.compile(
    r"(?:(?:indeed|moreover|furthermore|however|therefore|thus|hence|nevertheless|nonetheless"
    r"|rather|instead|meanwhile|besides|consequently|accordingly|additionally|similarly|likewise"
    r"|conversely|finally|also|still|so|first|second|third|firstly|secondly|thirdly|lastly"
    r"|in addition|in short|in fact|in other words|in turn|on the other hand|on the one hand"
    r"|by contrast|in contrast|as a result|of course|for example|for instance|to be sure"
    r"|that said|even so|after all|at the same time|above all"
    r"|(?:seen |viewed )?(?:in|within|from|to|for|by|with) (?:this|that|these|such an?|the same)"
    r" (?:sense|light|regard|respect|context|framework|view|perspective|way|reason|end|vein))\s*,"
    r"|(?:and yet|and so|but|and|yet)\b,?(?! (?:for|to|so)\b))\s+",
    re.IGNORECASE,
)
DATELINE = re.compile(r"[A-Z]{3,}[^.?!]{0,80}? [-–—]+ (?=[“\"‘A-Z])")
FRAGMENT = re.compile(
    r"(?:not (?:only|just|merely|simply|because|that)|(?:more|most|less) \w+ly|which|whose|nor"
    r"|especially|because(?![^,]*, )|otherwise|if so|if not|then|hence|so|as such|said|says"
    r"|the (?:second|third|last|other|others|two|three|same)|both (?=[a-z])|neither|either"
    r"|another|others|here|in (?:that|this|such) (?:an? )?\w+|under (?:this|these|such)"
    r"|the latter|the former(?= (?:is|was|has|had|will|would|can|could|may|might|must)\b|,))\b",
    re.IGNORECASE,
)
UNSAID = re.compile(
    r"\b(?:it|he|she|they|this|that|these|those|there) (?:is|was|are|were|do|does|did|has|had|have"
    r"|will|would|can|could|should)(?:n[’']t| not)?[.!]?[”\"’']*$",
    re.IGNORECASE,
)
"""A clause whose verb stands before: `confirmed that it was`."""
THE_ONE = re.compile(r"\bthe ones? (?:in|on|of|from|for|with)\b", re.IGNORECASE)
"""What stands for a thing that was named before: `believe the one in the bill`."""
OPENING = re.compile(r"(?!That\b|that (?:is|was|has|will|would)\b)[\w“‘\"'$£€(]")
FRONTED = re.compile(
    r"(?:in|at|on|from|to|for|with|after|before|during|by|under|within|last|next|as an?|like)\b"
    r"[^,]*, (?:he|she|they|it(?! (?:is|was|seems|appears) (?:\w+ )?that))\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"(?:let[’']s|let us|please|read|click|subscribe|sign up|follow|see also|share"
    r"|thank you|thanks|welcome)\b",
    re.IGNORECASE,
)
READER = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s|[Mm]e|[Mm]ine|[Oo]urs)\b(?!\.)")
ABOUT_ITSELF = re.compile(
    r"\b(?:I|we)(?:[’']ve|[’']ll|[’']d| have| had| will| shall)? (?:\w+ly )?(?:wrote|written|write"
    r"|explain(?:ed)?|argued?|discuss(?:ed)?|described?|look(?:ed)? at|start(?:ed)?|report(?:ed)?)"
    r"\b|\b(?:this|the present) (?:article|essay|piece|post|newsletter|column|thread)\b"
    r"|\bin the article\b",
    re.IGNORECASE,
)
DEMONSTRATIVE = re.compile(
    r"\b(?P<word>this|these|those|such)\b(?:\s+(?:an?\s+)?(?P<noun>[a-z][\w-]+))?", re.IGNORECASE
)
HARMLESS_NOUNS = {
    "such": ["as", "that"],
    "those": [
        "who",
        "whose",
        "whom",
        "which",
        "of",
        "in",
        "on",
        "with",
        "without",
        "that",
        "at",
        "from",
        "to",
    ],
    "this": [
        "year",
        "week",
        "month",
        "summer",
        "autumn",
        "winter",
        "spring",
        "morning",
        "century",
        "decade",
    ],
    "these": ["days"],
}
OF_THE_KIND = re.compile(r"\b\w+thing of (?:the|that|this) (?:kind|sort)\b", re.IGNORECASE)
"""What repeats a matter without naming it: `said nothing of the kind`."""
BARE_THAT = re.compile(
    r"\bthat(?=\s*(?:[,.;:!?”\"’]|$))"
    r"|\b(?:do|does|did|done|doing|like|of)\s+that\b(?! (?:the|an?)\b)"
    r"|(?:^|[,;:—–(“\"‘]\s*|\b(?:and|but|so|because|if|when|as)\s+)that(?:[’']s\b"
    r"|(?=\s+(?:is|was|will|would|can|could|may|might|must|should|has|had|does|did|means?|meant"
    r"|makes?|made|remains?|needs?|leaves?|left)\b))",
    re.IGNORECASE,
)
"""`That` which points to something, rather than joins a clause."""
INFINITIVE = re.compile(r"(?:not )?to [a-z]|whether\b")
OPEN_END = re.compile(
    r"(?<![\w’'-])(?:and|or|but|nor|to|of|in|on|at|for|with|by|from|into|that|than|as|if|whether"
    r"|because|while|which|who|the|an?|its|their|his|her|our|your|my)\W*$",
    re.IGNORECASE,
)
BRACKETS = {")": "(", "]": "["}


def main_words(document: Document, span: Span, hedges: Sequence[Span]) -> Span:
    """`span` without a dateline, or connectives that lean on the text before it, at its start."""
    dateline = DATELINE.match(document.text, span.start, span.end)
    start = dateline.end() if dateline else span.start
    while match := CONNECTIVE.match(document.text, start, span.end):
        if any(Span(*match.span()).overlaps(hedge) for hedge in hedges):
            break
        start = match.end()
    return Span(start, span.end)


def is_addressed(document: Document, span: Span, *, named: bool) -> bool:
    """Whether `span`, in the author's voice, speaks to its readers or about the text itself.

    Where no author is `named`, every first person counts: nobody could say who speaks.
    """
    words = document[span]
    if ADDRESS.match(words) or READER.search(words) or ABOUT_ITSELF.search(words):
        return True
    return not named and FIRST_PERSON.search(words) is not None


def is_clause(words: str) -> bool:
    """Whether `words` hold a verb that makes a sentence of them, as far as short verbs show it."""
    return FINITE.search(words) is not None and not is_subordinate(words)


def is_subordinate(words: str) -> bool:
    """Whether `words` begin as a clause does that is the object of another."""
    return re.match(r"(?:whether|what|how|why|who|whom|if)\b", words, re.IGNORECASE) is not None


def stands_alone(
    document: Document,
    piece: Piece,
    actors: Sequence[Actor],
    statements: Sequence[Statement] = (),
    *,
    answers: bool = False,
    strictly: bool = False,
) -> bool:
    """Whether no pronoun, demonstrative or figure of `piece` needs the text before it.

    As far as its words show: nothing is parsed. An insertion counts as a name. Where the words
    are printed beside what they answer, `no such promise` points to that, as does `nothing of the
    kind`, and a figure may be one of what is counted there.

    Args:
        document: The source.
        piece: What is printed.
        actors: Who is named in its sentences.
        statements: What is said there, and by whom: `says` names nothing.
        answers: It is printed beside what it answers.
        strictly: Nor may `it`, `they` or a bare `this` stand for who says something, or for what.
    """
    name = f"{piece.before} " if piece.before not in ("", CUT) else ""
    printed = document[piece.span].lstrip("“”\"‘’'`„«( ")
    words = name + printed
    if FRAGMENT.match(words) or FRONTED.match(words) or not OPENING.match(words):
        return False
    said = [
        document[span]
        for statement in statements
        for span in statement.content
        if statement.cue and piece.span.contains(span)
    ]
    if THE_ONE.search(words) or UNSAID.search(words):
        return False
    if not answers and (OF_THE_KIND.search(words) or is_bare_figure(words, said)):
        return False
    shift = len(name) - (piece.span.end - len(printed))
    mentions = [(Span(0, len(name) - 1), "group")] if name else []
    mentions += [
        (Span(mention.start + shift, mention.end + shift), actor.kind)
        for actor in actors
        for mention in actor.mentions
        if piece.span.contains(mention) and not is_placeholder(document[mention])
    ]
    cues = moved((cue for one in statements for cue in one.cue), piece, shift)
    holders = moved((name for one in statements for name in one.source), piece, shift)
    for match in PRONOUN.finditer(words):
        # An owner is mostly who is named before: `Lund Port raised its dues`.
        barred = strictly and match[0].casefold() not in OWNERS
        if not has_antecedent(words, match, mentions, (*cues, *(holders if barred else ()))):
            return False
    pointing = [
        match
        for match in DEMONSTRATIVE.finditer(words)
        if not (answers and match["word"].casefold() == "such")
    ]
    if not all(is_explained(words, match, strictly=strictly) for match in pointing):
        return False
    return all(has_clause_before(words, match.start()) for match in BARE_THAT.finditer(words))


def moved(spans: Iterable[Span], piece: Piece, shift: int) -> list[Span]:
    """Those of `spans` that lie in `piece`, moved by `shift`."""
    return [
        Span(span.start + shift, span.end + shift) for span in spans if piece.span.contains(span)
    ]


def is_whole_phrase(document: Document, piece: Piece) -> bool:
    """Whether `piece` begins with no infinitive or `whether`, and its brackets are in pairs."""
    words = document[piece.span]
    opened: list[str] = []
    for character in words:
        if character in BRACKETS.values():
            opened.append(character)
        elif character in BRACKETS and (not opened or opened.pop() != BRACKETS[character]):
            return False
    return not opened and INFINITIVE.match(words) is None


def ends_open(document: Document, piece: Piece) -> bool:
    """Whether `piece` breaks off at a word that joins what follows: `and`, `of`."""
    return piece.cut_after and OPEN_END.search(document[piece.span]) is not None


def is_placeholder(words: str) -> bool:
    """Whether `words` are a pronoun and name nobody."""
    return words.casefold() in PLACEHOLDERS


def is_explained(words: str, match: re.Match[str], *, strictly: bool = False) -> bool:
    """Whether the words before a demonstrative can hold what it points to.

    What it points to has the same noun or is a whole clause; `strictly`, a bare one has none.
    """
    word, noun = match["word"].casefold(), match["noun"] or ""
    if noun.casefold() in HARMLESS_NOUNS[word]:
        return True
    before = words[: match.start()]
    stem = re.escape(noun[: max(4, len(noun) - 2)])
    if noun and re.search(rf"\b{stem}", before, re.IGNORECASE):
        return True
    bare = not noun or FINITE.fullmatch(noun) is not None
    return not (strictly and bare) and has_clause_before(words, match.start())


def has_clause_before(words: str, start: int) -> bool:
    """Whether a clause of some length is closed before `start`, for a demonstrative to point to."""
    before = words[:start]
    clause = max(before.rfind(mark) for mark in ",;:—")
    return len(before[: max(clause, 0)].split()) >= 5

"""Which words can be read without the text around them.

English only: in another language nothing is dropped or turned down here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.document import Document, Span
from briefing.findings import CUT, Actor, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

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
THE_ONE = re.compile(r"\bthe ones? (?:in|on|of|from|for|with)\b", re.IGNORECASE)
"""What stands for a thing that was named before: `believe the one in the bill`."""
BARE_FIGURE = re.compile(
    r"\b(?:of|to|than|at|from|about|some|around|nearly) \d{1,3}(?:,\d{3})+\W*$", re.IGNORECASE
)
"""A figure of nothing at the end: what is counted was named before."""
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
EXPLETIVE = re.compile(
    r"it (?:is|was|remains|seems|appears|would be|will be) (?:\w+ly )?\w+ that\b"
    r"|it (?:seems|appears|follows) that\b",
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
FINITE = re.compile(
    r"\b(?:am|is|are|was|were|will|would|can|cannot|could|may|might|must|should|shall|has|have"
    r"|had|do|does|did|remains?|needs?|wants?)\b|n[’']t\b|\w[’']ll\b",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?P<one>he|she|him|his|her|hers)\b|\b(?P<many>they|them|their|theirs)\b"
    r"|\b(?P<thing>it|its)\b",
    re.IGNORECASE,
)
LEANING = re.compile(
    r"(?:(?:as|if|when|once|in|for|with|by|while|because|although|though|despite|after|before"
    r"|since|that|of|on|to|all|at|from|the|a|an|and|but|whether)\W+)*",
    re.IGNORECASE,
)
CAPITALISED = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z]\w+")
FRONT_PHRASE = re.compile(
    r"(?:for|with|by|despite|in|on|of|at|from|after|before|since|during|without|under|like|unlike"
    r"|to|as|among|given|because of)\b(?:(?!\b(?:he|she|they|it)\b)[^,])*",
    re.IGNORECASE,
)
"""A prepositional phrase before the subject, which may name its subject ahead: `For all his …`."""
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
PLACEHOLDERS = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "him",
        "her",
        "them",
        "his",
        "its",
        "their",
        "this",
        "that",
        "i",
        "we",
        "you",
        "who",
        "us",
        "me",
        "these",
        "those",
        "one",
        "some",
        "many",
        "others",
        "both",
        "all",
        "people",
        "everyone",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everybody",
        "nobody",
        "none",
        "whoever",
    }
)
"""Words that stand for somebody and name nobody."""


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
    document: Document, piece: Piece, actors: Sequence[Actor], *, answers: bool = False
) -> bool:
    """Whether no pronoun or demonstrative of `piece` needs the text before it.

    As far as its words show: nothing is parsed. An insertion counts as a name. Where the words
    are printed beside what they answer, `no such promise` points to that.
    """
    name = f"{piece.before} " if piece.before not in ("", CUT) else ""
    printed = document[piece.span].lstrip("“”\"‘’'`„«( ")
    words = name + printed
    if FRAGMENT.match(words) or FRONTED.match(words) or not OPENING.match(words):
        return False
    if THE_ONE.search(words) or BARE_FIGURE.search(words):
        return False
    shift = len(name) - (piece.span.end - len(printed))
    mentions = [(0, "person")] if name else []
    mentions += [
        (mention.start + shift, actor.kind)
        for actor in actors
        for mention in actor.mentions
        if piece.span.contains(mention) and not is_placeholder(document[mention])
    ]
    if not all(has_antecedent(words, match, mentions) for match in PRONOUN.finditer(words)):
        return False
    pointing = [
        match
        for match in DEMONSTRATIVE.finditer(words)
        if not (answers and match["word"].casefold() == "such")
    ]
    if not all(is_explained(words, match) for match in pointing):
        return False
    return all(has_clause_before(words, match.start()) for match in BARE_THAT.finditer(words))


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


def has_antecedent(words: str, match: re.Match[str], mentions: Sequence[tuple[int, str]]) -> bool:
    """Whether something that the pronoun can stand for is named in the same words.

    It is looked for before the pronoun, and after the comma of a phrase in front (`For all his
    promises, Finch …`).
    """
    before = words[: match.start()]
    people = [start for start, kind in mentions if kind in ("person", "group")]
    comma = words.find(", ", match.end())
    if match["thing"]:
        if EXPLETIVE.match(words, match.start()):
            return True
        return LEANING.fullmatch(before) is None
    fitting = people if match["one"] else [start for start, _ in mentions]
    if any(start < match.start() for start in fitting):
        return True
    if LEANING.fullmatch(before) and comma >= 0:
        fronted = FRONT_PHRASE.fullmatch(words[:comma]) and not FINITE.search(words[:comma])
        return bool(fronted) and any(start - comma - 2 in (0, 4) for start in fitting)
    if match["one"]:
        return bool(CAPITALISED.search(before))
    return re.search(r"\b\w{3,}s\b|\band\b|\bpeople\b", before) is not None


def is_explained(words: str, match: re.Match[str]) -> bool:
    """Whether the words before a demonstrative can hold what it points to."""
    word, noun = match["word"].casefold(), match["noun"] or ""
    if noun.casefold() in HARMLESS_NOUNS[word]:
        return True
    before = words[: match.start()]
    stem = re.escape(noun[: max(4, len(noun) - 2)])
    if noun and re.search(rf"\b{stem}", before, re.IGNORECASE):
        return True
    return has_clause_before(words, match.start())


def has_clause_before(words: str, start: int) -> bool:
    """Whether a clause of some length is closed before `start`, for a demonstrative to point to."""
    before = words[:start]
    clause = max(before.rfind(mark) for mark in ",;:—")
    return len(before[: max(clause, 0)].split()) >= 5

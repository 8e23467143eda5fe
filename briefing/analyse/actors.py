"""Who is named in a document, under which names, and whom a pronoun means.

In: parsed sentences. Out: a `Cast` that names the holder behind a token, and `Actor`s. A name is
only ever one that the document gives; a pronoun is resolved only where one reading is left, or the
reader is sure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.analyse.lexicon import HUMAN_NOUNS, WRITINGS
from briefing.analyse.names import (
    GENDERED_TITLES,
    TITLES,
    Kind,
    Mention,
    acronyms,
    in_sentence,
    kind_of,
    merged,
)
from briefing.analyse.quotations import Quoted
from briefing.analyse.syntax import SUBJECTS, Token, children, place, who_is_meant
from briefing.bodies import ORGANISATION_WORDS
from briefing.document import Sentence, Span, owning
from briefing.findings import Actor
from briefing.reader.pronouns import SURE, Resolver
from briefing.reader.standing import Trees

if TYPE_CHECKING:
    from collections.abc import Iterable

FIRST_PERSON = frozenset("i we me us my our mine ours myself ourselves".split())
PRONOUNS: dict[str, tuple[Kind, ...]] = {
    **dict.fromkeys(("he", "him", "his", "she", "her"), ("person",)),
    **dict.fromkeys(("it", "its"), ("organisation", "place")),
    **dict.fromkeys(("they", "them", "their"), ("organisation", "group")),
}
RELATIVE = frozenset(("who", "which", "that"))
MALE = frozenset(("he", "him", "his"))
FEMALE = frozenset(("she", "her"))
REACH = 2
"""How many sentences of the same paragraph a pronoun may look back."""
BEYOND_DOUBT = 0.99
"""Probability from which on the resolver's guess counts against the one person of a paragraph."""
LIKELY = 0.5
"""Probability from which on the resolver's guess counts where the rules say the same."""
NEAR = 12
"""Sentences before and after a pronoun from which names are handed over; a window holds fewer."""
NO_NAME = frozenset("the a an both all this that some any each every".split())
"""Words that a name does not begin with."""
NAME_WORDS = 8
"""A noun phrase of more words is cut to its head's nearest words when it serves as a name."""
FULL_NAME_WEIGHT = 3
OF_WORDS = 6
"""Words of a noun and its ` of …` at the most for both to serve as a name."""


class Holder(NamedTuple):
    """A holder's name; not `resolved` for a pronoun that might mean several, `first` for I or we."""

    name: str
    resolved: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """Everyone named in a document; `at` finds the mention that a token belongs to."""

    docs: tuple[Any, ...]
    sentences: tuple[Sentence, ...]
    text: str
    quoted: Quoted
    resolver: Resolver | None
    mentions: tuple[Mention, ...]
    by_sentence: dict[int, tuple[Mention, ...]]
    at: dict[tuple[int, int], Mention]
    canonical: dict[str, str]
    kinds: dict[str, Kind]
    genders: dict[str, str]
    roles: dict[str, str]
    trees: Trees
    meant: dict[tuple[int, int], tuple[str | None, float]] = field(default_factory=dict)
    """What the resolver guesses of pronouns, by sentence and word; filled as they are met."""

    def ask(self, tokens: Iterable[Token]) -> None:
        """Resolve all of he and she among `tokens` and their owners at once, which is quicker."""
        if self.resolver is None:
            return
        asked = {
            (each.doc.user_data["index"], each.i): each
            for token in tokens
            for each in (token, *children(token, "poss"))
            if each.lower_ in MALE | FEMALE
        }
        fresh = {key: each for key, each in asked.items() if key not in self.meant}
        names = self.resolver.guess(
            self.text,
            [place(each) for each in fresh.values()],
            [
                self.around(key[0], each, "m" if each.lower_ in MALE else "f")
                for key, each in fresh.items()
            ],
            self.trees,
        )
        self.meant.update(zip(fresh, names, strict=True))

    def holder(self, token: Token) -> Holder:
        """Name the holder behind `token`, the head of a source."""
        sentence, word = token.doc.user_data["index"], token.lower_
        if word in FIRST_PERSON or word == "one":
            return Holder(token.text, resolved=True, first=True)
        if word in RELATIVE and token.head.dep_ == "relcl" and token.head.head != token:
            meant = token.head.head
            return self.holder(who_is_meant(meant) if word == "who" else meant)
        if word in PRONOUNS:
            name = self.antecedent(sentence, token)
            return Holder(name or token.text, resolved=name is not None)
        if token.pos_ == "PRON":
            return Holder(token.text, resolved=False)
        beside = [c for c in token.children if c.dep_ == "appos"] or self.named_behind(token)
        named = next((c for c in beside if not any(g.dep_ == "conj" for g in c.children)), token)
        mention = self.at.get((sentence, named.i))
        own = self.at.get((sentence, token.i))
        if mention is None or (own and self.is_person(own) and not self.is_person(mention)):
            mention = own  # `Anna Berg, Managing Director`
        mention = mention or self.in_office(sentence, token)
        mention = mention or self.writer(sentence, token)
        if mention is not None:
            return Holder(self.canonical[mention.surface], resolved=True)
        return self.phrase(sentence, token)

    def writer(self, sentence: int, token: Token) -> Mention | None:
        """Who speaks through what `token` names: `a report by the Audit Office`."""
        if token.lemma_.lower() not in WRITINGS:
            return None
        by = [one for one in children(token, "prep") if one.lower_ in ("by", "from")]
        by += [one for made in children(token, "acl") for one in children(made, "agent")]
        found = (self.at.get((sentence, one.i)) for each in by for one in children(each, "pobj"))
        named = [each for each in found if each is not None]
        kinds = [self.kinds[self.canonical[each.surface]] for each in named]
        return named[0] if kinds in (["person"], ["organisation"]) else None

    def in_office(self, sentence: int, token: Token) -> Mention | None:
        """The person behind an office and what it is for: `Minister for Coasts Ada Lund`."""
        joins = [one for one in children(token, "prep") if one.lower_ in ("of", "for")]
        if not joins or token.lower_ not in TITLES:
            return None
        last = joins[0].right_edge.i
        mention = self.at.get((sentence, last + 1)) or self.at.get((sentence, last))
        if mention is None or mention.label != "PERSON":
            return None
        matter = token.doc[joins[0].i + 1 : mention.start]
        return mention if len(matter) and all(one.pos_ == "PROPN" for one in matter) else None

    def named_behind(self, token: Token) -> list[Token]:
        """The person named behind somebody's office, to whose place the parser gives the name.

        `The mayor of Lisk, Anna Berg, said …`
        """
        if token.lemma_.lower() not in HUMAN_NOUNS:
            return []
        places = (name for of in children(token, "prep") for name in children(of, "pobj"))
        beside = (other for name in places for other in children(name, "appos"))
        mentions = (
            (other, self.at.get((other.doc.user_data["index"], other.i))) for other in beside
        )
        return [other for other, mention in mentions if mention and self.is_person(mention)]

    def is_person(self, mention: Mention) -> bool:
        """Whether whom `mention` names is a person."""
        return self.kinds[self.canonical[mention.surface]] == "person"

    def phrase(self, sentence: int, token: Token) -> Holder:
        """Name a holder by its noun phrase: `two officials`, `Berg’s deputy`."""
        lemma = token.lemma_.lower()
        definite = any(child.lower_ == "the" for child in token.children)
        modified = any(child.dep_ in ("amod", "compound", "poss") for child in token.children)
        if definite and lemma in self.roles:
            name = self.roles[lemma]
            described = [child for child in token.children if child.dep_ in ("amod", "compound")]
            if not modified or (
                described and all(c.lower_ in name.casefold().split() for c in described)
            ):
                return Holder(name, resolved=True)
        owner = next((child for child in token.children if child.dep_ == "poss"), None)
        if owner is not None and (owner.lower_ in PRONOUNS or owner.lower_ == "whose"):
            named = self.owner(sentence, owner)
            if named is None:
                return Holder(f"{owner.text} {token.text}", resolved=False)
            rest = words_before(token, after=owner.i)
            return Holder(f"{owning(named)} {rest}", resolved=True)
        if owner is not None and owner.lower_ in FIRST_PERSON:
            own = self.quoted.within(place(owner)) is None
            return Holder(words_before(token, after=owner.i - 1), resolved=own, first=False)
        name = words_before(token, after=token.left_edge.i - 1) + belonging(token)
        return Holder(self.in_full(name), resolved=True)

    def owner(self, sentence: int, pronoun: Token) -> str | None:
        """Whom `its` or `whose` means, or None where that is not sure."""
        if pronoun.lower_ != "whose":
            return self.antecedent(sentence, pronoun)
        clause = next((one for one in pronoun.ancestors if one.dep_ == "relcl"), pronoun)
        mention = self.at.get((sentence, clause.head.i))
        return self.canonical[mention.surface] if mention and clause is not pronoun else None

    def in_full(self, name: str) -> str:
        """The full name of the one person with this surname, which the parser may have overlooked."""
        full = [
            other
            for other, kind in self.kinds.items()
            if kind == "person" and name[:1].isupper() and other.endswith(f" {name}")
        ]
        return full[0] if len(full) == 1 else name

    def antecedent(self, sentence: int, pronoun: Token) -> str | None:
        """Whom a third-person pronoun means, or None where more than one could be meant."""
        kinds = PRONOUNS[pronoun.lower_]
        gender = "m" if pronoun.lower_ in MALE else "f" if pronoun.lower_ in FEMALE else ""
        if gender and self.resolver is not None:
            self.ask((pronoun,))
            name, probability = self.meant[sentence, pronoun.i]
            alone = self.alone_before(sentence, pronoun, gender, name)
            if alone and probability < BEYOND_DOUBT:
                return alone
            if probability >= SURE and (name is None or not self.is_place(name)):
                return name
            ruled = self.by_rule(sentence, pronoun, kinds, gender)
            return ruled if ruled == name and probability >= LIKELY else None
        return self.by_rule(sentence, pronoun, kinds, gender)

    def alone_before(
        self, sentence: int, pronoun: Token, gender: str, but: str | None
    ) -> str | None:
        """The one person whom the paragraph names up to a pronoun of a main clause, if they act.

        `“Nobody asked us,” said Berg. She …`: who else was named before matters little then. None
        where the paragraph also names `but`, whom the resolver takes for meant, of whatever kind.
        """
        leads = pronoun.dep_ in SUBJECTS and pronoun.head.dep_ == "ROOT"
        if not leads and pronoun.dep_ != "poss":
            return None
        paragraph = self.sentences[sentence].paragraph
        acting: dict[str, bool] = {}
        for index in range(sentence, -1, -1):
            if self.sentences[index].paragraph != paragraph:
                break
            here = {self.canonical[each.surface] for each in self.by_sentence.get(index, ())}
            if but is not None and but in here:
                acting.setdefault(but, False)
            for name, acts in self.named(index, pronoun, ("person",), gender):
                acting[name] = acting.get(name, False) or acts
        return next((name for name, acts in acting.items() if acts and len(acting) == 1), None)

    def is_place(self, name: str) -> bool:
        """Whether `name` is a place, and nobody whose name is taken for one.

        People do something in the text, or own something under a name of several words.
        """
        last = (
            self.docs[mention.sentence][mention.end - 1]
            for mention in self.mentions
            if self.canonical[mention.surface] == name
        )
        return self.kinds[name] == "place" and not any(
            is_subject(token) or (token.dep_ == "poss" and " " in name) for token in last
        )

    def by_rule(
        self, sentence: int, pronoun: Token, kinds: tuple[Kind, ...], gender: str
    ) -> str | None:
        """Whom a pronoun means where the sentences around it leave one reading."""
        paragraph = self.sentences[sentence].paragraph
        window: list[list[tuple[str, bool]]] = []
        for index in range(sentence, max(-1, sentence - REACH - 1), -1):
            if self.sentences[index].paragraph != paragraph:
                break
            window.append(self.named(index, pronoun, kinds, gender))
        everyone = {name for names in window for name, _ in names}
        if gender and len(everyone) == 1:
            return everyone.pop()
        nearest = next((names for names in window if names), [])
        subjects = {name for name, is_one in nearest if is_one}
        alone = len({name for name, _ in nearest}) == 1 and len(subjects) == 1
        if alone and (pronoun.dep_ in SUBJECTS or pronoun.dep_ == "poss"):
            return subjects.pop()
        if gender and not everyone and pronoun.dep_ in SUBJECTS:
            return self.last_speaker(sentence, pronoun, gender)
        return None

    def around(self, sentence: int, pronoun: Token, gender: str) -> list[tuple[Span, str]]:
        """Every place of a name near `pronoun`, but of those known to be of another gender.

        Of whatever kind: many a surname is taken for a place, and the resolver tells better.
        Those named within a quotation count only for a pronoun within the same one.
        """
        around = self.quoted.within(place(pronoun))
        near = range(max(0, sentence - NEAR), min(len(self.docs), sentence + NEAR + 1))
        found = []
        for mention in (each for index in near for each in self.by_sentence.get(index, ())):
            name = self.canonical[mention.surface]
            if mention.label != "ADJ" and self.genders.get(name, gender) == gender:
                doc = self.docs[mention.sentence]
                first, last = place(doc[mention.start]), place(doc[mention.end - 1])
                if self.quoted.within(last) == around:
                    found.append((Span(first.start, last.end), name))
        return found

    def named(
        self, index: int, pronoun: Token, kinds: tuple[Kind, ...], gender: str
    ) -> list[tuple[str, bool]]:
        """Whom `pronoun` could mean in sentence `index`, and whether each is a subject there.

        Those named within a quotation count only for a pronoun within the same one.
        """
        around = self.quoted.within(place(pronoun))
        found = []
        for mention in self.by_sentence.get(index, ()):
            last = self.docs[index][mention.end - 1]
            behind = last.doc is pronoun.doc and mention.end > pronoun.i
            if behind or mention.label == "ADJ" or self.quoted.within(place(last)) != around:
                continue
            name = self.canonical[mention.surface]
            if self.fits(name, kinds, gender):
                found.append((name, is_subject(last)))
        return found

    def last_speaker(self, sentence: int, pronoun: Token, gender: str) -> str | None:
        """The one person named in the paragraph before, a subject there; else None.

        News paragraphs are a sentence long: `Berg spoke. ¶ “We stay,” she said.`
        """
        paragraph = self.sentences[sentence].paragraph
        found: set[tuple[str, bool]] = set()
        for index in range(sentence - 1, -1, -1):
            if self.sentences[index].paragraph < paragraph - 1:
                break
            if self.sentences[index].paragraph == paragraph - 1:
                found.update(self.named(index, pronoun, ("person",), gender))
        names = {name for name, _ in found}
        return names.pop() if len(names) == 1 and any(one for _, one in found) else None

    def fits(self, name: str, kinds: tuple[Kind, ...], gender: str) -> bool:
        """Whether a pronoun of these kinds and this gender could mean `name`."""
        known = self.genders.get(name)
        return self.kinds[name] in kinds and (not gender or known is None or known == gender)

    def actors(self) -> tuple[Actor, ...]:
        """All actors in the order in which they are first named."""
        places: dict[str, list[Span]] = defaultdict(list)
        for mention in self.mentions:
            tokens = self.docs[mention.sentence][mention.start : mention.end]
            places[self.canonical[mention.surface]].append(
                Span(place(tokens[0]).start, place(tokens[len(tokens) - 1]).end)
            )
        return tuple(Actor(name, self.kinds[name], tuple(spans)) for name, spans in places.items())


def cast(
    docs: tuple[Any, ...],
    sentences: tuple[Sentence, ...],
    text: str,
    quoted: Quoted,
    resolver: Resolver | None = None,
) -> Cast:
    """Collect the names of a document and merge those that mean the same.

    Without a `resolver` pronouns are resolved by rules.
    """
    short = acronyms(text)
    long = tuple(sorted(set(short.values()), key=lambda name: (-len(name), name)))
    mentions = tuple(
        mention for index, doc in enumerate(docs) for mention in in_sentence(index, doc, long)
    )
    people = frozenset(m.surface for m in mentions if m.label == "PERSON")
    places = frozenset(
        m.surface for m in mentions if m.label in ("GPE", "LOC", "FAC", "NORP", "ADJ")
    )
    canonical = merged({mention.surface for mention in mentions}, short, people, places)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        # a name in full shows best what it names
        weight = FULL_NAME_WEIGHT if " " in mention.surface else 1
        votes[canonical[mention.surface]][mention.label] += weight
    kinds = {name: kind_of(name, labels) for name, labels in votes.items()}
    at = {
        (mention.sentence, index): mention
        for mention in mentions
        for index in range(mention.start, mention.end)
    }
    return Cast(
        docs,
        sentences,
        text,
        quoted,
        resolver,
        mentions,
        {index: tuple(group) for index, group in groupby(mentions, key=lambda m: m.sentence)},
        at,
        canonical,
        kinds,
        genders_of(docs, mentions, canonical),
        roles_of(docs, at, canonical, kinds),
        Trees(docs),
    )


def genders_of(
    docs: tuple[Any, ...], mentions: tuple[Mention, ...], canonical: dict[str, str]
) -> dict[str, str]:
    """`m` or `f` for those whom the text itself calls Mr, Mrs, Ms and the like."""
    found: dict[str, str] = {}
    for mention in mentions:
        if mention.start > 0:
            title = docs[mention.sentence][mention.start - 1].lower_
            if title in GENDERED_TITLES:
                found[canonical[mention.surface]] = GENDERED_TITLES[title]
    return found


def roles_of(
    docs: tuple[Any, ...],
    at: dict[tuple[int, int], Mention],
    canonical: dict[str, str],
    kinds: dict[str, Kind],
) -> dict[str, str]:
    """Who alone in the text is called `minister`, or the only `Ministry of …` in it."""
    holders: dict[str, set[str]] = defaultdict(set)
    for index, doc in enumerate(docs):
        for token in doc:
            lemma = token.lemma_.lower()
            if lemma not in HUMAN_NOUNS:
                continue
            beside = [child.i for child in token.children if child.dep_ == "appos"]
            if token.dep_ in ("appos", "compound", "nmod"):
                beside.append(token.head.i)
            for place_of_name in (*beside, token.i + 1):
                mention = at.get((index, place_of_name))
                if mention and kinds[canonical[mention.surface]] == "person":
                    holders[lemma].add(canonical[mention.surface])
    for mention in at.values():
        name = canonical[mention.surface]
        for word in name.lower().split():
            if word in ORGANISATION_WORDS and " " in name:
                holders[word].add(name)
    return {word: next(iter(names)) for word, names in holders.items() if len(names) == 1}


def is_subject(token: Token) -> bool:
    """Whether a name's last token is a subject, or stands beside one: `the chair, Anna Berg`."""
    while token.dep_ in ("conj", "compound", "flat", "appos") and token.head != token:
        token = token.head
    return token.dep_ in SUBJECTS


def belonging(token: Token) -> str:
    """` of …` just after the head of a noun phrase, where it is short: `owners of the mill`."""
    after = token.doc[token.i + 1 : token.i + 2]
    if not len(after) or after[0].lower_ != "of" or after[0].head != token:
        return ""
    end = after[0].right_edge.i + 1
    if end - token.i > OF_WORDS or any(
        t.pos_ in ("VERB", "AUX") for t in token.doc[token.i : end]
    ):
        return ""
    return str(" " + token.doc[token.i + 1 : end].text)


def words_before(token: Token, *, after: int) -> str:
    """The words of a noun phrase from past index `after` to its head, without an article."""
    start = after + 1
    while start < token.i and (
        token.doc[start].lower_ in NO_NAME
        or token.doc[start].is_punct
        or token.doc[start].is_space
    ):
        start += 1
    return str(token.doc[max(start, token.i + 1 - NAME_WORDS) : token.i + 1].text)

"""Where actors stand: statements as positions on an issue, one row an actor and issue.

In: attributions and statements of one document. Out: `Position`s. What is only reported as a fact
is no position; what a speaker's own words demand, reject or support is, whatever verb tells it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.analyse.issues import issue, phrase, same_issue
from briefing.analyse.lexicon import INDIRECT
from briefing.analyse.mood import (
    cluster,
    conditions,
    is_called_for,
    is_conditional,
    is_former,
    is_supposed,
    verb_of,
)
from briefing.analyse.stances import (
    Shown,
    clauses,
    expressed,
    is_committal,
    is_denial,
    is_first,
    is_willing,
    shows_nothing,
    turned,
)
from briefing.analyse.syntax import Token, children, hull, place, subtree
from briefing.analyse.verbal import NURSING
from briefing.document import Document, Span
from briefing.findings import Position, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.analyse.actors import Cast
    from briefing.analyse.cues import Attribution

APART = 3
"""From so many words on between the actor's name and the cue, the name is no part of the evidence."""
SAME = ({"opposes", "rejects"}, {"supports", "accepts"})
"""Stances of which one row is enough for an actor and an issue."""
EXCEPTING = frozenset("though but although albeit".split())


def stands(
    document: Document,
    people: Cast,
    found: Sequence[Attribution],
    statements: Sequence[Statement],
) -> tuple[Position, ...]:
    """Where the holders of `statements` stand, in the order of the text.

    The author's own position counts where a cue or a demand shows it: `we oppose`, `must`.

    Args:
        document: The text.
        people: Who is named in it.
        found: The attributions that the statements were made of.
        statements: All of its statements, those of its own voice too.
    """
    items = {(item.sentence, item.cue, item.content): item for item in found}
    rows: list[Position] = []
    for statement in statements:
        if not statement.resolved:
            continue
        if not statement.cue:
            rows.extend(own_voice(document, people, statement))
            continue
        item = items.get((statement.sentence, statement.cue, statement.content))
        if item is not None and not is_supposed(item.head):
            rows.extend(of_statement(document, people, found, statements, item, statement))
    return merged(rows)


def of_statement(
    document: Document,
    people: Cast,
    found: Sequence[Attribution],
    statements: Sequence[Statement],
    item: Attribution,
    statement: Statement,
) -> Iterator[Position]:
    """The rows of one attributed statement: one a holder, and what is excepted from it."""
    row = Position(
        actor="",
        mention=(statement.source or statement.cue)[0],
        stance=turned(item) if item.negated else statement.stance,
        issue=statement.issue,
        evidence=evidence(document, statement, item.head),
        basis=statement.basis,
        hedged=False,
        quoted=statement.quoted,
        via=statement.via,
        conditional=is_conditional(item.head),
        past=is_former(item.head),
    )
    rows = [row]
    shown: tuple[Shown, ...] = ()
    if row.stance in ("states", "believes") and not item.negated:
        shown = expressed(item, statement.content, found, people)
    shown = tuple(one for one in shown if row.stance == "states" or one.stance == "demands")
    if shown:
        rows = [
            replace(
                row,
                stance=one.stance,
                issue=issue(document, one.about, people.docs),
                evidence=(one.span,),
                conditional=is_conditional(one.head),
                past=is_former(one.head),
            )
            for one in shown
        ]
    elif not is_stand(document, people, statements, item, statement):
        return
    elif is_willing(item) and row.basis == "asserted":
        rows = [replace(row, stance="offers")]
    else:
        rows += exceptions(document, item.head, row)
    for one in rows:
        weak = any(span.contains(hedge) for hedge in statement.hedges for span in one.evidence)
        for actor in statement.holders:
            yield replace(one, actor=actor, hedged=weak)


def is_stand(
    document: Document,
    people: Cast,
    statements: Sequence[Statement],
    item: Attribution,
    statement: Statement,
) -> bool:
    """Whether a statement whose words take no side is a position by its cue, or by what it tells.

    What the author believes and expects are claims like all that the text says; to understand a
    thing is to take no stand on it.
    """
    if statement.stance == "states":
        return is_telling(document, people, statements, statement)
    if shows_nothing(item):
        return False
    if item.shows.stance in ("believes", "expects") and statement.basis == "asserted":
        return False
    grasped = children(item.head, "dobj") if statement.stance == "believes" else []
    told = children(item.head, "ccomp", "xcomp", "prep", "oprd")
    return not grasped or bool(told) or item.head.lemma_.lower() in NURSING


def is_telling(
    document: Document, people: Cast, statements: Sequence[Statement], statement: Statement
) -> bool:
    """Whether what is said, without taking a side, tells what will or can be done."""
    if not is_committal(statement.content, people):
        return False
    if INDIRECT.match(document[statement.content[0]]):
        return False
    return not any(
        other.cue
        and other.stance != "states"
        and other.holders != statement.holders
        and any(span.contains(other.cue[0]) for span in statement.content)
        for other in statements
        if abs(other.sentence - statement.sentence) <= 1
    )


def exceptions(document: Document, head: Token, row: Position) -> Iterator[Position]:
    """What is excepted from a side: `welcomed the pumps, though not the price`."""
    if row.stance not in ("supports", "accepts", "opposes", "rejects"):
        return
    for token in head.doc[head.i + 1 : -1]:
        before, after = head.doc[token.i - 1], head.doc[token.i + 1]
        if token.lower_ != "not" or before.lower_ not in EXCEPTING:
            continue
        thing = next((t for t in head.doc[token.i + 1 :] if t.pos_ in ("NOUN", "PROPN")), None)
        while thing is not None and thing.dep_ in ("compound", "poss", "nmod"):
            thing = thing.head
        if thing is None or after.pos_ not in ("DET", "NOUN", "PROPN", "ADJ", "PRON"):
            return
        tokens = [t for t in subtree(thing) if token.i < t.i and t.dep_ != "punct"]
        if tokens and not any(t.pos_ in ("VERB", "AUX") for t in tokens):
            yield replace(
                row,
                stance="opposes" if row.stance in ("supports", "accepts") else "accepts",
                issue=phrase(document, thing),
                evidence=(hull([before, *tokens]),),
            )
        return


def own_voice(document: Document, people: Cast, statement: Statement) -> Iterator[Position]:
    """What the author demands or denies in a sentence of their own: `the council must act`."""
    for span, clause in clauses(statement.content, people.docs):
        if document[span].rstrip('”"’)').endswith("?") or is_supposed(clause):
            return
        called, denied = is_called_for(clause), is_denial(clause)
        if called and clause.dep_ == "conj" and not is_called_for(clause.head):
            # in a tale, what somebody in it should do: `Voss left; she should have stayed`
            called = False
        if called and clause.lemma_.lower() == "need" and not is_first(clause):
            # others' needs are told as facts more often than asked for
            called = False
        if called or denied:
            for actor in statement.holders:
                yield Position(
                    actor=actor,
                    mention=place(clause),
                    stance="demands" if called else "denies",
                    issue=issue(document, (span,), people.docs),
                    evidence=(span,),
                    basis=statement.basis,
                    hedged=bool(statement.hedges),
                    quoted=statement.quoted,
                    via=statement.via,
                    conditional=is_conditional(clause),
                )
            return


def evidence(document: Document, statement: Statement, head: Token) -> tuple[Span, ...]:
    """The words that show a position: what was said, or the whole clause that ascribes it.

    A condition belongs to it. The actor's name does not where a clause stands in between.
    """
    if statement.quoted or statement.stance == "states":
        return statement.content
    if item_of_list(document, statement):
        return statement.content
    first, *others = sorted(statement.content)
    if others and min(statement.cue).start > first.start:
        return statement.content
    spans = [*statement.cue, first]
    start = min(spans).start
    named = [span for span in statement.source if span.start < start]
    if named:
        between = document.text[named[-1].end : start].split()
        spans += named if len(between) <= APART else []
    else:
        spans += statement.source
    for verb in cluster(verb_of(head)):
        if conditions(verb):
            spans += [
                hull(subtree(child))
                for child in verb.children
                if child.dep_ in ("advcl", "prep", "ccomp", "advmod")
            ]
    whole = Span(min(spans).start, max(span.end for span in spans))
    return (whole, *(span for span in others if not whole.overlaps(span)))


def item_of_list(document: Document, statement: Statement) -> bool:
    """Whether a line break parts what is held from the words that attribute it."""
    cue, content = statement.cue[-1], statement.content[0]
    return cue.end < content.start and "\n\n" in document.text[cue.end : content.start]


def merged(rows: Sequence[Position]) -> tuple[Position, ...]:
    """One row an actor and issue, with the evidence of all: the first one's stance and naming."""
    kept: list[Position] = []
    for row in sorted(rows, key=lambda one: min(one.evidence)):
        for place_, other in enumerate(kept):
            if same_row(other, row):
                spans = tuple(dict.fromkeys((*other.evidence, *row.evidence)))
                kept[place_] = replace(
                    other,
                    evidence=spans,
                    hedged=other.hedged and row.hedged,
                    quoted=other.quoted and row.quoted,
                )
                break
        else:
            kept.append(row)
    return tuple(kept)


def same_row(one: Position, other: Position) -> bool:
    """Whether two positions are the same one, told twice."""
    sides = one.stance == other.stance or any({one.stance, other.stance} <= set_ for set_ in SAME)
    flags = (one.conditional, one.past, one.via) == (other.conditional, other.past, other.via)
    return one.actor == other.actor and sides and flags and same_issue(one.issue, other.issue)

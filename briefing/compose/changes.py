"""A brief and the record of the last issue in, what has changed since then out.

Only what both show is told: a sentence is new if no source of the last issue had it; an item, a
contest or a position is compared with all that was found then, printed or not. Nothing is said
to be over, only not to be found any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.brief import Brief, Change, Cut, Line
from briefing.compose import past
from briefing.compose.lines import kinds, stances, to_line
from briefing.compose.matrix import AGAINST, FOR, to_finding
from briefing.compose.voices import capitalised

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from briefing.findings import Finding, Findings, Past, PastContest, PastStand, Said
    from briefing.wording import Wording


def with_changes(brief: Brief, findings: Findings, most: int, wording: Wording) -> Brief:
    """`brief` with what is new in it, and with what is not as in the last issue.

    Args:
        brief: As composed of `findings`.
        findings: With the record of the last issue; without one, the brief stays as it is.
        most: How many changes are told, at most; further ones are counted as cut.
        wording: Of the brief's language.
    """
    if findings.previous is None:
        return brief
    since = _Since(findings, findings.previous, wording)
    marked = since.marked(brief)
    found = tuple(
        numbered(change, f"change-{at}")
        for at, change in enumerate(since.changes(marked), start=1)
    )
    more = tuple(change.text for change in found[most:])
    return replace(
        marked,
        since=findings.previous.date,
        changes=found[:most],
        cut=(*brief.cut, *([Cut("changes", len(more), more)] if more else [])),
    )


def numbered(change: Change, name: str) -> Change:
    """`change` with the id `name`, and its lines with ids made of it."""
    return replace(
        change,
        id=name,
        line=named(change.line, f"{name}-line"),
        earlier=named(change.earlier, f"{name}-earlier"),
    )


def named(line: Line | None, name: str) -> Line | None:
    """`line` under another id."""
    return replace(line, id=name) if line else None


class _Since:
    """Compares findings with the record of an earlier issue.

    Args:
        findings: Of this issue.
        previous: The record.
        wording: In which changes are told.
    """

    def __init__(self, findings: Findings, previous: Past, wording: Wording) -> None:
        self.findings = findings
        self.previous = previous
        self.wording = wording
        self.known = frozenset(previous.known)
        self.briefs = {item.brief for item in previous.items}
        self.places: Mapping[str, str] = {}

    def is_new(self, line: Line) -> bool:
        """Whether a sentence that a line prints words of stood in no source of the last issue."""
        return any(
            past.digest(text) not in self.known
            for one in line.quotation.evidence
            for text in past.sentences(self.findings, one.document, one.span)
        )

    def mark(self, line: Line) -> Line:
        return replace(line, is_new=self.is_new(line))

    def marked(self, brief: Brief) -> Brief:
        """`brief` with its lines and items marked that are new."""
        return replace(
            brief,
            bottom_line=self.mark(brief.bottom_line) if brief.bottom_line else None,
            summary=tuple(map(self.mark, brief.summary)),
            claims=tuple(map(self.mark, brief.claims)),
            positions=tuple(map(self.mark, brief.positions)),
            contested=tuple(
                replace(one, one=self.mark(one.one), other=self.mark(one.other))
                for one in brief.contested
            ),
            items=tuple(
                replace(
                    item,
                    lines=tuple(map(self.mark, item.lines)),
                    is_new=bool(item.brief) and item.brief not in self.briefs,
                )
                for item in brief.items
            ),
        )

    def changes(self, brief: Brief) -> Iterator[Change]:
        """What is not as it was, the most telling first."""
        yield from self.contested(brief)
        yield from self.stands(brief)
        yield from self.figures(brief)
        yield from self.settled()
        yield from self.items(brief)

    def contested(self, brief: Brief) -> Iterator[Change]:
        """Contests that are printed and that the last issue did not find, or by other words."""
        before = {(one.kind, frozenset(one.words)) for one in self.previous.contested}
        matters = set(map(matter, self.previous.contested))
        now = past.contests(self.findings, len(brief.contested), self.wording)
        new = self.wording.gettext("%(kind)s, new in this issue: %(names)s")
        goes_on = self.wording.gettext("%(kind)s, with new statements: %(names)s")
        for dispute, one in zip(brief.contested, now, strict=False):
            if (one.kind, frozenset(one.words)) not in before:
                message = goes_on if one.about and matter(one) in matters else new
                yield Change("", "contested", self.between(message, one), dispute.id)

    def settled(self) -> Iterator[Change]:
        """Contests that the last issue printed, of a brief that no longer has them."""
        briefs = {digest.brief for digest in self.findings.items}
        found = past.contests(self.findings, 0, self.wording)
        now = {(one.kind, frozenset(one.words)) for one in found}
        matters = {matter(one) for one in found if one.about}
        message = self.wording.gettext("%(kind)s, no longer found in the sources: %(names)s")
        for one in self.previous.contested:
            gone = (one.kind, frozenset(one.words)) not in now and matter(one) not in matters
            if one.printed and one.brief in briefs and gone:
                yield Change("", "settled", self.between(message, one))

    def between(self, message: str, contest: PastContest) -> str:
        """A change of a contest, with what it is about and both holders."""
        kind = kinds(self.wording)[contest.kind]
        return self.wording.fill(
            message,
            kind=f"{kind} ({contest.about})" if contest.about else kind,
            names=" / ".join(dict.fromkeys(contest.holders)),
        )

    def stands(self, brief: Brief) -> Iterator[Change]:
        """Actors of whom a new sentence shows the other side, or that it is past."""
        before = {(one.actor, one.issue): one for one in self.previous.stands}
        documents = self.findings.documents
        message = self.wording.gettext(
            "%(actor)s on %(issue)s: %(before)s in the last issue, %(now)s now"
        )
        for now, finding in past.stands(self.findings):
            then = before.get((now.actor, now.issue))
            if then is None or set(now.words) <= self.known or not has_turned(then, now):
                continue
            line = to_line(finding, "", documents, self.wording)
            earlier = self.earlier(then)
            yield Change(
                "",
                "position",
                self.wording.fill(
                    message,
                    actor=capitalised(now.actor, self.wording),
                    issue=" ".join(now.issue.split()),
                    before=self.stance(then),
                    now=self.stance(now),
                ),
                place_of(line, brief.positions),
                replace(line, is_new=True),
                to_line(earlier, "", documents, self.wording) if earlier else None,
            )

    def earlier(self, then: PastStand) -> Finding | None:
        """The words by which the last issue showed a stand, where the sources still have them."""
        findings = self.findings
        for cell in findings.matrix.cells:
            if (cell.actor, cell.issue) == (then.actor, then.issue):
                for telling in cell.tellings:
                    finding = to_finding(cell, telling, findings, findings.documents)
                    words = map(past.digest, past.of_finding(findings, finding))
                    if telling.stance == then.stance and set(words) <= set(then.words):
                        return finding
        return None

    def stance(self, one: PastStand) -> str:
        stance = stances(self.wording)[one.stance]
        if one.past:
            return self.wording.fill(self.wording.gettext("%(stance)s (formerly)"), stance=stance)
        return stance

    def figures(self, brief: Brief) -> Iterator[Change]:
        """Printed sentences that the last issue printed of the same holder with other figures."""
        before: dict[tuple[str, str], Said] = {}
        for item in self.previous.items:
            for said in item.said:
                if said.shape:
                    before.setdefault((said.holder, said.shape), said)
        printed = (line for item in brief.items for line in item.lines)
        message = self.wording.gettext(
            "Figures of %(holder)s: %(before)s in the last issue, %(now)s now"
        )
        for line in (*filter(None, (brief.bottom_line,)), *printed):
            finding = finding_of(line, self.findings)
            if finding is None or not line.is_new:
                continue
            now = past.said(self.findings, finding, self.wording)
            then = before.get((now.holder, now.shape))
            if then is None or then.figures == now.figures:
                continue
            pairs = [
                pair for pair in zip(then.figures, now.figures, strict=True) if len({*pair}) > 1
            ]
            text = self.wording.fill(
                message,
                holder=now.holder,
                before=self.wording.names([one for one, _ in pairs]),
                now=self.wording.names([other for _, other in pairs]),
            )
            yield Change("", "figures", text, line.id, line)

    def items(self, brief: Brief) -> Iterator[Change]:
        """Items that are new, that have new statements, or that are gone."""
        gettext, fill = self.wording.gettext, self.wording.fill
        for item in brief.items:
            if item.is_new:
                yield Change(
                    "",
                    "item",
                    fill(gettext("New in this issue: %(title)s"), title=item.title),
                    item.id,
                )
        for item in brief.items:
            count = sum(line.is_new for line in item.lines)
            if count and item.brief in self.briefs:
                phrase = self.wording.ngettext(
                    "%(title)s: one new statement", "%(title)s: %(num)s new statements", count
                )
                yield Change("", "statements", fill(phrase, title=item.title, num=count), item.id)
        now = {digest.brief for digest in self.findings.items}
        for gone in self.previous.items:
            if gone.said and gone.brief not in now:
                text = fill(gettext("No longer in this issue: %(title)s"), title=gone.title)
                yield Change("", "dropped", text)


def matter(contest: PastContest) -> tuple[str, str, str]:
    """What a contest is about, which may go on from issue to issue by other words."""
    return contest.kind, contest.about, contest.brief


def has_turned(then: PastStand, now: PastStand) -> bool:
    """Whether one is for the issue and the other against it, or one is told as past."""
    for_to_against = any(
        one.stance in FOR and other.stance in AGAINST for one, other in ((then, now), (now, then))
    )
    return for_to_against or (then.stance == now.stance and then.past != now.past)


def place_of(line: Line, printed: tuple[Line, ...]) -> str:
    """The id under which the words of `line` are printed; empty where they are not."""
    same = (one.id for one in printed if one.quotation.evidence == line.quotation.evidence)
    return next(same, "")


def finding_of(line: Line, findings: Findings) -> Finding | None:
    """The finding of which a line is printed."""
    spans = tuple((one.document, one.span) for one in line.quotation.evidence)
    for finding in (
        *findings.bottom_line,
        *(one for each in findings.items for one in each.findings),
    ):
        draft = finding.draft
        if tuple((draft.document, piece.span) for piece in draft.pieces) == spans:
            return finding
    return None

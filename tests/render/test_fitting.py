"""What is left out of a brief that is too long for its pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sample_briefs import full_brief, with_events

from briefing.brief import Brief, Limits, Line
from briefing.fitting import Fitted, count_letters, fit, heights, shortened, sides, without

if TYPE_CHECKING:
    from briefing.render.pdf import Layout


def disputed(count: int) -> Brief:
    """A brief with so many disputes."""
    brief = full_brief()
    (first,) = brief.contested
    disputes = tuple(
        replace(
            first,
            id=f"contested-{number}",
            one=replace(first.one, id=f"contested-{number}a"),
            other=replace(first.other, id=f"contested-{number}b"),
        )
        for number in range(1, count + 1)
    )
    return replace(brief, contested=disputes)


def tall(**tops: float) -> Layout:
    """A layout of elements at these heights from the top, in CSS px."""
    anchors = {name.replace("_", "-"): (0, 0.0, y) for name, y in tops.items()}
    return SimpleNamespace(anchors=anchors, heights={}, available_height=1000.0)  # type: ignore[return-value]


def test_a_dispute_is_as_high_as_its_heading_and_both_sides() -> None:
    """The sides of a dispute are no items of their own."""
    layout = tall(
        contested_1=10, contested_1a=22, contested_1b=50, contested_2=80, contested_2a=92,
        contested_2b=120, section_contested_end=150, brief_end=200,
    )  # fmt: skip
    measured = heights(layout, sides(disputed(2)))
    assert (measured["contested-1"], measured["contested-2"]) == (70, 70)
    assert "contested-1a" not in measured


def test_disputes_are_cut_like_other_items() -> None:
    """The last of three disputes goes before the first of anything, and the first one last."""
    brief = disputed(3)
    sizes = {f"contested-{number}": 70.0 for number in (1, 2, 3)}
    cut = without(Limits(contested=3), brief, sizes, over=60)
    assert cut.contested == 2
    for section in ("summary", "claims", "positions", "unknowns"):
        assert getattr(cut, section) > 0
    assert without(Limits(contested=3), brief, sizes, over=1000).contested == 0


def test_events_are_the_first_to_go() -> None:
    """An event is one item with its line, and worth less than the first of any other section."""
    brief = with_events(full_brief())
    layout = tall(
        event_1=10, event_1_line=10, event_2=40, event_2_line=41, section_timeline_end=90,
        brief_end=99,
    )  # fmt: skip
    measured = heights(layout, sides(brief))
    assert (measured["event-1"], measured["event-2"]) == (30, 50)
    assert "event-2-line" not in measured
    sizes = {f"event-{number}": 30.0 for number in (1, 2, 3)}
    cut = without(Limits(), brief, sizes, over=50)
    assert cut.timeline == 1
    assert min(cut.summary, cut.claims, cut.contested, cut.positions, cut.unknowns) > 0


@dataclass
class Paper:
    """A page on which a letter takes a px, and a brief's title 100; it counts its layouts."""

    letters: int
    page_height: float = 1000.0
    laid_out: list[int] = field(default_factory=list)

    def layout(self, html: str) -> Layout:
        """A page with the first item 100 px from its top."""
        height = 100.0 + count_letters(html)
        self.laid_out.append(count_letters(html))
        ids = (f"claim-{number}" for number in range(1, 100))
        tops = {name: (0, 0.0, 100.0 + 100 * at) for at, name in zip(range(99), ids, strict=False)}
        return SimpleNamespace(  # type: ignore[return-value]
            anchors=tops | {"end": (0, 0.0, height)},
            heights={},
            available_height=1000.0,
            content_height=height,
            fits=lambda pages: height <= pages * 1000.0,
        )


def claims_of(limits: Limits) -> tuple[Brief, str]:
    """Up to thirty claims of 99 letters, one a line."""
    (first, *_) = full_brief().claims
    claim = replace(first, lead="", basis_label="", text="x" * 97)
    claims: tuple[Line, ...] = tuple(
        replace(claim, id=f"claim-{number}") for number in range(1, 31)
    )[: limits.claims]
    empty = dict.fromkeys(("summary", "contested", "positions", "timeline", "unknowns"), ())
    brief = replace(full_brief(), claims=claims, **empty)
    return brief, "\n".join(f"<p>{'x' * 99}</p>" for _ in claims)


def fitted_claims(paper: Paper) -> int:
    """How many claims a page has."""
    return len(fit(claims_of, Limits(claims=30), paper, 1).brief.claims)  # type: ignore[arg-type]


def test_a_good_guess_takes_one_layout() -> None:
    """What a template says of its letters is left out before anything is laid out."""
    paper = Paper(letters=900)
    assert fitted_claims(paper) == 9
    assert paper.laid_out == [899]
    blind = Paper(letters=0)
    assert fitted_claims(blind) == 9
    assert len(blind.laid_out) == 2


def test_a_guess_that_is_too_high_is_mended() -> None:
    """What the first layout shows to be over is left out then."""
    paper = Paper(letters=1500)
    assert fitted_claims(paper) == 9
    assert len(paper.laid_out) == 2


def test_a_guess_that_is_too_low_is_mended() -> None:
    """A page is not left half empty where there is more to say."""
    paper = Paper(letters=450)
    assert fitted_claims(paper) == 9
    assert len(paper.laid_out) == 3


def test_a_short_brief_is_left_as_it_is() -> None:
    """No guess leaves anything out of a brief that is short anyhow."""
    limits = Limits(claims=3)
    paper = Paper(letters=900)
    fitted = fit(claims_of, limits, paper, 1)  # type: ignore[arg-type]
    assert (len(fitted.brief.claims), fitted.limits) == (3, limits)
    assert len(paper.laid_out) == 1


def test_shortening_ends_where_nothing_is_left() -> None:
    """A page that is too long without any item stays so."""
    limits = Limits(claims=3)
    brief, _ = claims_of(limits)

    def make(limits: Limits) -> tuple[Brief, str]:
        return claims_of(limits)[0], "<p>too long</p>"

    done = shortened(make, Fitted(brief, "<p>too long</p>", limits), count_letters, 3)
    assert not done.brief.claims

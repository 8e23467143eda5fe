"""What is left out of a brief that is too long for its pages."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from sample_briefs import full_brief, with_events

from briefing.brief import Limits
from briefing.fitting import heights, sides, without

if TYPE_CHECKING:
    from briefing.brief import Brief
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

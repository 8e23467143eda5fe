"""Charts that any template may print: what they show, and that the same stands beside them in words."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from sample_briefs import full_brief

from briefing.brief import MatrixRow, Share, Stand
from briefing.compose.matrix import AGAINST, FOR
from briefing.findings import Basis, Stance
from briefing.render.pdf import Press
from briefing.render.text import html_text
from briefing.templating import TemplateSpec, load, render_template

if TYPE_CHECKING:
    from pathlib import Path

    from briefing.brief import Brief

SVG = "{http://www.w3.org/2000/svg}"

CONTRACT = """
title = "Charts"
description = "Charts alone."
formats = ["pdf", "html"]
languages = ["en", "ar"]
fields = ["title", "matrix", "coverage"]

[page]
sizes = ["A4"]
pages = 9
margins_mm = [20, 20, 20, 20]

[limits]
summary = 1
claims = 1
contested = 1
positions = 1
unknowns = 1
sources = 1
"""

PAGE = """{%- from "shared/charts.html.j2" import coverage, spectrum, spectrum_key with context -%}
<!doctype html>
<html lang="{{ brief.language }}" dir="{{ direction }}"><head><title>{{ brief.title|unquoted }}</title></head>
<body><h1 id="heading">{{ brief.title|unquoted }}</h1>
{% set rows = namespace(found=[]) %}
{% for row in brief.matrix %}{% set rows.found = rows.found + [(row.actor, row.stands[0])] %}{% endfor %}
{% call(stand) spectrum("where", "heading", rows.found) %}{{ stand.line.stance_label }}{% endcall %}
{{ spectrum_key("key", changed=true, ringed=true) }}
{{ coverage("share", "heading", brief.coverage) }}
<div id="brief-end"></div></body></html>
"""


@pytest.fixture
def spec(tmp_path: Path) -> TemplateSpec:
    """A template that prints charts and nothing else."""
    folder = tmp_path / "charts"
    folder.mkdir()
    (folder / "template.toml").write_text(CONTRACT)
    (folder / "brief.html.j2").write_text(PAGE)
    (folder / "print.css").write_text("table { width: 100%; table-layout: fixed }")
    (folder / "screen.css").write_text("")
    return load(str(folder))


def stand(
    stance: Stance, basis: Basis = "asserted", label: str = "", before: Stance | None = None
) -> Stand:
    """A stand with that stance, and with an earlier one where `before` names it."""
    line = replace(
        full_brief().positions[0], stance=stance, stance_label=label or stance, basis=basis
    )
    earlier = (replace(line, stance=before, stance_label=before),) if before else ()
    return Stand(line, earlier, ())


def brief_of(
    *rows: tuple[str, Stand], shares: tuple[Share, ...] = (), language: str = "en"
) -> Brief:
    """A brief with one issue, and what is printed of its sources."""
    found = tuple(MatrixRow(actor, (one,)) for actor, one in rows)
    share = Share("source", "A note", 1, 4, 1)
    return replace(
        full_brief(),
        title="Dues",
        language=language,
        issues=("dues",),
        matrix=found,
        coverage=shares or (share,),
    )


def pictures(spec: TemplateSpec, brief: Brief, kind: str, *, styles: str = "") -> list[ET.Element]:
    """The pictures of one kind, in their order."""
    page = render_template(spec, brief, page="A4", styles=styles)
    found = (ET.fromstring(each) for each in re.findall(r"<svg.*?</svg>", page, re.DOTALL))  # noqa: S314 - a page of our own making
    return [each for each in found if kind in (each.get("class") or "").split()]


def marked(picture: ET.Element) -> float:
    """Where the mark stands, from the left: the largest circle but for a ring."""
    circles = sorted(picture.iter(f"{SVG}circle"), key=lambda each: -float(each.get("r", "0")))
    return float(circles[0].get("cx", "0"))


def said(picture: ET.Element) -> str:
    return picture.findtext(f"{SVG}title") or ""


@pytest.mark.parametrize(
    ("stance", "side", "place"),
    [
        *((each, "against", 30) for each in ("opposes", "rejects", "denies", "warns")),
        *((each, "side not stated", 90) for each in ("demands", "expects", "believes")),
        *((each, "for", 150) for each in ("supports", "accepts", "offers")),
    ],
)
def test_each_stance_has_its_side(
    spec: TemplateSpec, stance: Stance, side: str, place: int
) -> None:
    """The mark stands on the side of the stance, and the title says which."""
    (picture,) = pictures(spec, brief_of(("A union", stand(stance))), "spectrum-mark")
    assert (said(picture), marked(picture)) == (side, place)


def test_sides_are_those_of_the_matrix(spec: TemplateSpec) -> None:
    """What counts as for and as against is what makes an actor change sides."""
    stances: tuple[Stance, ...] = get_args(Stance)
    for stance in stances:
        (picture,) = pictures(spec, brief_of(("A", stand(stance))), "spectrum-mark")
        assert (said(picture) == "for") == (stance in FOR)
        assert (said(picture) == "against") == (stance in AGAINST)


def test_from_right_to_left_the_axis_is_mirrored(spec: TemplateSpec) -> None:
    """Against stands where reading begins."""
    rows = (("A", stand("opposes")), ("B", stand("supports")))
    brief = brief_of(*rows, language="ar")
    assert [marked(each) for each in pictures(spec, brief, "spectrum-mark")] == [150, 30]
    bars = pictures(spec, brief, "coverage-bar")
    assert [float(each.get("x", "")) for each in bars[0].iter(f"{SVG}rect")] == [2, 224]


def test_those_against_come_first(spec: TemplateSpec) -> None:
    """Rows go from against to for, as the axis does; within a side they keep their order."""
    rows = (("A", stand("supports")), ("B", stand("demands")), ("C", stand("opposes")),
            ("D", stand("rejects")))  # fmt: skip
    page = html_text(render_template(spec, brief_of(*rows), page="A4"))
    assert re.findall(r"^[ABCD]$", page, re.MULTILINE) == ["C", "D", "B", "A"]


def test_basis_is_told_by_shape(spec: TemplateSpec) -> None:
    """Filled, drawn and broken, in one colour."""
    bases: tuple[Basis, ...] = get_args(Basis)
    rows = [(basis, stand("supports", basis)) for basis in bases]
    marks = [
        max(each.iter(f"{SVG}circle"), key=lambda circle: float(circle.get("r", "0")))
        for each in pictures(spec, brief_of(*rows), "spectrum-mark")
    ]
    assert [each.get("fill") for each in marks] == ["currentColor", "none", "none"]
    assert [each.get("stroke-dasharray") is not None for each in marks] == [False, False, True]


def test_a_qualified_stance_has_a_ring(spec: TemplateSpec) -> None:
    """What holds only if, or held once, does not look like what holds."""
    plain, former = pictures(
        spec,
        brief_of(("A", stand("supports")), ("B", stand("supports", label="supports (formerly)"))),
        "spectrum-mark",
    )
    assert len([*former.iter(f"{SVG}circle")]) == len([*plain.iter(f"{SVG}circle")]) + 1


def test_a_change_of_sides_is_shown_and_said(spec: TemplateSpec) -> None:
    """An arrow leads from where the actor stood; the title names both."""
    brief = brief_of(("A union", stand("supports", before="opposes")))
    (picture,) = pictures(spec, brief, "spectrum-mark")
    assert said(picture) == "for, earlier against"
    assert picture.find(f"{SVG}path") is not None


def test_bars_are_as_long_as_the_counts(spec: TemplateSpec) -> None:
    """The longest is the most; the filled part is what is printed; the count stands beside it."""
    shares = (Share("source", "One", 1, 40, 10), Share("source", "Two", 2, 20, 0))
    brief = brief_of(("A", stand("offers")), shares=shares)
    one, two = (
        [float(each.get("width", "")) for each in bar.iter(f"{SVG}rect")]
        for bar in pictures(spec, brief, "coverage-bar")
    )
    assert (one, two) == ([296, 74], [148])
    page = html_text(render_template(spec, brief, page="A4"))
    assert "10 of 40" in page
    assert "0 of 20" in page


def test_nothing_found_is_no_error(spec: TemplateSpec) -> None:
    """A source without statements has an empty bar."""
    brief = brief_of(("A", stand("offers")), shares=(Share("source", "Mute", 1, 0, 0),))
    (bar,) = pictures(spec, brief, "coverage-bar")
    assert bar.find(f"{SVG}rect") is None


def test_pictures_are_named_and_hold_no_text(spec: TemplateSpec) -> None:
    """Each is an image with a title; ids are unique; names stand outside, where they wrap."""
    long = "Association of the Friends of the " + "Northern and Southern " * 12 + "Locks"
    rows = [(f"{long} {number}", stand("opposes", "inferred")) for number in range(40)]
    brief = brief_of(*rows)
    page = render_template(spec, brief, page="A4")
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for picture in pictures(spec, brief, "chart"):
        named = (picture.get("aria-labelledby") or "").split()
        assert named
        assert set(named) <= set(ids)
        assert picture.get("role") == "img"
        assert said(picture)
        assert picture.find(f".//{SVG}text") is None
    text = html_text(page)
    assert all(actor in text for actor, _ in rows)


def test_colour_is_that_of_the_text(spec: TemplateSpec) -> None:
    """On a screen the styles choose it; in a PDF, where they cannot, an attribute does."""
    brief = brief_of(("A", stand("opposes")))
    on_screen = pictures(spec, brief, "chart", styles="p { color: red }")
    on_paper = pictures(spec, brief, "chart")
    assert {each.get("color") for each in on_screen} == {None}
    assert {each.get("color") for each in on_paper} == {"#15181c"}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_pdf_knows_what_pictures_show(spec: TemplateSpec, language: str) -> None:
    """Every figure of the PDF has its alternative text."""
    rows = (("A", stand("opposes")), ("اتحاد الموانئ", stand("supports", before="rejects")))
    press = Press(spec)
    brief = brief_of(*rows, language=language)
    written = press.write(press.layout(render_template(spec, brief, page="A4")))
    with pikepdf.open(io.BytesIO(written)) as opened:
        figures = [
            each for each in opened.objects
            if isinstance(each, pikepdf.Dictionary) and str(each.get("/S")) == "/Figure"
        ]  # fmt: skip
        assert len(figures) == 2 + 5 + 1
        assert all(str(figure.get("/Alt", "")) for figure in figures)

"""All checks of a template, in the order in which one makes the next worthwhile.

In: a template and fixtures. Out: what is wrong, sorted and merged. Files are read first; then
every fixture is printed as HTML; few are laid out, since that takes most of the time.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from briefing.compose import compose
from briefing.errors import BriefingError, RenderError, TemplateError
from briefing.fitting import WEIGHTS, count_page_words, fit, fit_within
from briefing.inspection.access import access
from briefing.inspection.attribution import attribution
from briefing.inspection.boxes import misplaced
from briefing.inspection.contrast import contrast, hidden, sizes
from briefing.inspection.fixtures import HARMLESS, HOSTILE, ORDINARY, Fixture, in_language
from briefing.inspection.fixtures import fixtures as all_fixtures
from briefing.inspection.glyphs import glyphs
from briefing.inspection.hostile import addresses, hostile
from briefing.inspection.names import names, sources
from briefing.inspection.pages import Page, failure, printed
from briefing.inspection.passed_over import example, ignored
from briefing.inspection.problems import Problem, merged
from briefing.inspection.safety import active, unsafe
from briefing.inspection.sheets import sheets
from briefing.inspection.styled import Styled
from briefing.inspection.usage import Source
from briefing.templating import CONTRACT, PAGE, load
from briefing.templating.contract import MAIL
from briefing.templating.places import find
from briefing.templating.traced import render_traced
from briefing.wording.catalogues import direction_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from briefing.brief import Brief, Limits
    from briefing.inspection.sheets import Scheme
    from briefing.render.pdf import Layout, Press
    from briefing.templating import TemplateSpec

FITTED = frozenset((ORDINARY,))
"""Laid out on pages as a brief is published."""

ESSENTIAL = frozenset(("long-quotations", "crowded"))
"""Laid out without what may be left out: that much must always fit."""

TALL = frozenset(("long-words",))
"""Laid out in full on a page without end."""

SCRIPTS = frozenset(("right-to-left", "other-scripts"))
"""Their letters are looked up in the fonts."""

RESEMBLING = SCRIPTS | {"single", "crowded", "long-quotations"}
"""Their elements are those of others: they are printed, but not looked through."""

MAILED = frozenset((ORDINARY, "empty", "reworded", HOSTILE, HARMLESS))
"""Printed as e-mails too."""

LESS = 0.4
"""How much of what its limits allow a page takes for sure."""

STYLED = frozenset((ORDINARY, "empty"))
"""Between them they show every element that has styles of its own."""


def check(name_or_folder: str) -> tuple[Problem, ...]:
    """Find a template and inspect it; one that cannot be loaded is a problem as well.

    Raises:
        TemplateError: If there is no such template.
        RenderError: If what the PDF needs is not installed.
    """
    folder = find(name_or_folder)
    try:
        spec = load(str(folder))
    except BriefingError as error:
        return (failure(error, folder / CONTRACT),)
    return inspect(spec)


def inspect(
    spec: TemplateSpec, *, fixtures: Sequence[Fixture] | None = None
) -> tuple[Problem, ...]:
    """Print a template with fixtures and look at everything that may be wrong with it.

    Args:
        spec: The template.
        fixtures: What to print; all of them, in every language of the template, by default.

    Returns:
        Problems, equal ones merged, in the order of files and lines.

    Raises:
        RenderError: If what the PDF needs is not installed.
    """
    files = list(sources(spec))
    parsed = [each for each in files if isinstance(each, Source)]
    static = [
        *(each for each in files if isinstance(each, Problem)),
        *names(spec, parsed),
        *chain.from_iterable(map(unsafe, parsed)),
        *sheets(_sheets(spec)),
        *example(spec),
    ]
    chosen = tuple(_all(spec) if fixtures is None else fixtures)
    results = [printed(spec, each) for each in chosen] + list(_variants(spec))
    known = {(one.file, one.line) for one in static}
    failed = [one for one in results if isinstance(one, Problem)]
    pages = [one for one in results if isinstance(one, Page)]
    laid_out = [each for each in chosen if any(each.name == page.fixture for page in pages)]
    # An example that is broken keeps nothing else from being read.
    broken = any(one.severity == "error" and one.kind != "example" for one in static)
    return merged(
        (
            *static,
            *(one for one in failed if (one.file, one.line) not in known),
            *_of_pages(pages),
            *_of_styles(spec, pages),
            *_of_mails(spec, chosen),
            *(one for one in ignored(spec) if (one.file, one.line) not in known),
            # What keeps styles from being read was told of the style sheet.
            *(one for one in _of_layouts(spec, laid_out) if one.fixtures or not broken),
        )
    )


def _all(spec: TemplateSpec) -> Iterator[Fixture]:
    """Every fixture in the first language of a template, and the ordinary one in some others.

    One is enough of those that are written the same way: what they lack is read off the sources.
    """
    first, *others = spec.languages
    for each in all_fixtures():
        yield replace(each, findings=replace(each.findings, language=first))
    by_direction = {direction_of(language): language for language in reversed(others)}
    yield from (in_language(language) for language in others if language in by_direction.values())


def _variants(spec: TemplateSpec) -> Iterator[Page | Problem]:
    """The ordinary fixture with every value of every option that has a few."""
    ordinary = next(each for each in _all(spec) if each.name == ORDINARY)
    for option in spec.options:
        values = (True, False) if option.kind == "boolean" else option.choices
        for value in values:
            if value != option.default:
                named = replace(ordinary, name=f"{ORDINARY}, {option.name}={value}")
                yield printed(spec, named, options={option.name: value})


def _sheets(spec: TemplateSpec) -> tuple[Path, ...]:
    """The style sheets of a template, and of what it extends."""
    return tuple(chain.from_iterable(map(spec.styles, ("print.css", "screen.css", "email.css"))))


def _of_pages(pages: Sequence[Page]) -> Iterator[Problem]:
    """What the HTML of the fixtures shows."""
    for page in pages:
        if page.fixture in SCRIPTS:
            yield from glyphs(page)
    pages = [page for page in pages if page.fixture not in RESEMBLING]
    yield from attribution(pages)
    for page in pages:
        yield from access(page)
        yield from active(page)
        yield from addresses(page)
    by_name = {page.fixture: page for page in pages}
    if HOSTILE in by_name and HARMLESS in by_name:
        yield from hostile(by_name[HOSTILE], by_name[HARMLESS])


def _of_mails(spec: TemplateSpec, chosen: Sequence[Fixture]) -> Iterator[Problem]:
    """What the e-mail of a template shows, where it has one."""
    if "eml" not in spec.formats or spec.file(MAIL) is None:
        return
    mails = []
    for each in chosen:
        if each.name in MAILED:
            one = printed(spec, each, file=MAIL)
            if isinstance(one, Problem):
                yield one
            else:
                mails.append(one)
    yield from attribution(mails)
    for mail in mails:
        yield from access(mail, paged=False)
        yield from active(mail)
        yield from addresses(mail)
    by_name = {mail.fixture: mail for mail in mails}
    if HOSTILE in by_name and HARMLESS in by_name:
        yield from hostile(by_name[HOSTILE], by_name[HARMLESS])
    if ORDINARY in by_name:
        files = spec.styles("email.css")
        schemes: tuple[Scheme, ...] = ("light", "dark")
        yield from contrast(
            [Styled(by_name[ORDINARY], files, "screen", scheme) for scheme in schemes]
        )


def _of_styles(spec: TemplateSpec, pages: Sequence[Page]) -> Iterator[Problem]:
    """What the styles make of the fixtures, on paper and on a light and a dark screen."""
    styled: list[Styled] = []
    for page in pages:
        if page.fixture not in STYLED:
            continue
        if "pdf" in spec.formats:
            styled.append(Styled(page, spec.styles("print.css"), "print"))
            yield from sizes(styled[-1])
        if "html" in spec.formats:
            files = spec.styles("screen.css")
            styled.append(Styled(page, files, "screen"))
            if page.fixture == ORDINARY:
                styled.append(Styled(page, files, "screen", "dark"))
    yield from contrast(styled)
    for each in styled:
        yield from hidden(each)


def _of_layouts(spec: TemplateSpec, chosen: Sequence[Fixture]) -> Iterator[Problem]:
    """What stands where on paper."""
    if "pdf" not in spec.formats or not any(list(_layouts(each.name)) for each in chosen):
        return
    from briefing.render.pdf import SYSTEM_LIBRARIES, Press

    page = spec.file(PAGE) or spec.folder
    try:
        press = Press(spec, spec.page_sizes[0])
    except (RenderError, TemplateError) as error:
        if error.hint == SYSTEM_LIBRARIES:
            raise
        yield failure(error, page)
        return
    for each in chosen:
        for lay_out in _layouts(each.name):
            try:
                layout = lay_out(spec, each, press)
            except (RenderError, TemplateError) as error:
                yield failure(error, page, fixtures=(each.name,))
                continue
            yield from misplaced(layout, fixture=each.name)
            if lay_out is not _tall and not layout.fits(spec.pages):
                yield _over_budget(spec, each)


def _layouts(name: str) -> Iterator[Callable[[TemplateSpec, Fixture, Press], Layout]]:
    """How the fixture of that name is laid out; not at all, for most."""
    if name in FITTED:
        yield _fitted
    if name in TALL:
        yield _tall
    if name in ESSENTIAL:
        yield _essential


def _over_budget(spec: TemplateSpec, fixture: Fixture) -> Problem:
    pages = f"{spec.pages} page{'' if spec.pages == 1 else 's'}"
    return Problem(
        "budget", "error", f"title, bottom line and sources alone fill more than {pages}",
        spec.folder / CONTRACT, spec.lines.get("page.pages", 1), (fixture.name,),
        "Set them smaller where they are long, or let them break over more pages.",
    )  # fmt: skip


def _fitted(spec: TemplateSpec, fixture: Fixture, press: Press) -> Layout:
    """As published: a brief that keeps to the budget."""
    make = partial(_made, spec, fixture)
    limits = spec.limits
    if spec.words is not None:
        limits = fit_within(make, limits, count_page_words, spec.words, "words").limits
    # Fitting takes three layouts; a brief that has room shows as much.
    for share in (1.0, LESS) if spec.pages > 1 else (LESS,):
        layout = press.layout(make(reduced(limits, share))[1])
        if layout.fits(spec.pages):
            return layout
    fitted = fit(make, limits, press, spec.pages).layout
    return fitted or press.layout(make(limits)[1])


def reduced(limits: Limits, share: float) -> Limits:
    """`limits` with so much of the items of each section, one at least of each that has any."""
    counts = {name: getattr(limits, name) for name in WEIGHTS}
    some = {name: max(1, round(share * count)) for name, count in counts.items() if count}
    return replace(limits, **some)


def _essential(spec: TemplateSpec, fixture: Fixture, press: Press) -> Layout:
    """Nothing but what is never left out."""
    return press.layout(_made(spec, fixture, replace(spec.limits, **dict.fromkeys(WEIGHTS, 0)))[1])


def _tall(spec: TemplateSpec, fixture: Fixture, press: Press) -> Layout:
    """Everything on a page without end."""
    return press.layout_tall(_made(spec, fixture, spec.limits)[1])


def _made(spec: TemplateSpec, fixture: Fixture, limits: Limits) -> tuple[Brief, str]:
    brief = compose(fixture.findings, limits)
    return brief, render_traced(spec, brief, page=spec.page_sizes[0])

"""One look at a template, made in a child process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio
import pytest

from briefing.errors import TemplateError
from briefing.preview.checks import check
from briefing.preview.rendering import Preview, Rendered, Trouble, View
from briefing.templating.scaffold import new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PNG = b"\x89PNG"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new("quay-note", tmp_path_factory.mktemp("templates"))


@pytest.fixture(scope="module")
def preview(folder: Path) -> Iterator[Preview]:
    preview = Preview(str(folder))
    yield preview
    preview.close()


def size(png: bytes) -> tuple[int, int]:
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def good(rendered: Rendered | Trouble) -> Rendered:
    assert isinstance(rendered, Rendered), rendered
    return rendered


def test_a_look_has_all_outputs(preview: Preview) -> None:
    """HTML, PDF, a picture of each page at the screen's own resolution, and measures."""
    rendered = good(preview.render(View(scale=2)))
    assert "Lindmere tries Sundays" in rendered.html
    assert rendered.pdf.startswith(b"%PDF")
    (picture,) = rendered.pictures
    assert picture.startswith(PNG)
    assert size(picture) == pytest.approx((2 * 794, 2 * 1123), abs=2)
    assert rendered.pages == rendered.budget == 1
    assert 0 < rendered.fill <= 1


def test_choices_are_followed(preview: Preview) -> None:
    """Content, page size and options; what the template does not have is its default."""
    rendered = good(preview.render(View("empty", "Letter", "xx", (("accent", "red"), ("x", "y")))))
    assert "note.txt" in rendered.html
    assert 'class="accent-red"' in rendered.html
    assert 'lang="en"' in rendered.html
    assert size(rendered.pictures[0]) == pytest.approx((816, 1056), abs=2)
    trouble = preview.render(View(options=(("accent", "plaid"),)))
    assert isinstance(trouble, Trouble)
    assert "accent" in trouble.message


def test_edits_are_followed(preview: Preview, folder: Path) -> None:
    """Pages, styles and wordings are read anew once they are forgotten; errors have a place."""
    page, styles = folder / "brief.html.j2", folder / "print.css"
    text = page.read_text()
    before = good(preview.render(View()))
    styles.write_text(styles.read_text().replace("#174f7c", "#00aa00"))
    preview.forget((styles,))
    assert good(preview.render(View())).pictures != before.pictures
    page.write_text(text.replace("brief.sources", "brief.saucers"))
    preview.forget((page,))
    trouble = preview.render(View())
    assert isinstance(trouble, Trouble)
    assert trouble.file == str(page)
    assert "saucers" in page.read_text().splitlines()[trouble.line - 1]
    page.write_text(text)
    preview.forget((page,))
    assert good(preview.render(View())).html == before.html


def test_watched_are_all_folders_that_make_the_output(preview: Preview, folder: Path) -> None:
    """Its own first, then those of shared macros and fonts."""
    own, *others = preview.folders()
    assert own == folder
    assert [each.name for each in others] == ["shared", "fonts"]


def test_an_unknown_template_is_refused() -> None:
    """A preview needs a folder to begin with."""
    with pytest.raises(TemplateError, match="unknown template"):
        Preview("no-such-template")


def test_checks_run_in_a_child(tmp_path: Path) -> None:
    """What they find comes back as records."""
    folder = new("quay-note", tmp_path)
    page = folder / "brief.html.j2"
    page.write_text(page.read_text().replace("brief.date|day", "brief.dates|day"))
    found = anyio.run(check, folder)
    assert not isinstance(found, Trouble)
    assert any(
        one["file"].endswith("brief.html.j2") and "dates" in one["message"] for one in found
    )

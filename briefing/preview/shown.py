"""What the page shows, as plain values for JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.preview.rendering import Rendered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.preview.checks import Record
    from briefing.preview.rendering import Trouble, View
    from briefing.preview.samples import Sample
    from briefing.templating import TemplateSpec


@dataclass(frozen=True, slots=True)
class Output:
    """What was rendered, under a number by which its files are asked for."""

    number: int
    rendered: Rendered
    seconds: float


def shown_template(spec: TemplateSpec | None, folder: Path) -> dict[str, Any]:
    """What can be chosen of a template; its name alone before it could be loaded."""
    if spec is None:
        return {"title": folder.name, "folder": place(folder)}
    return {
        "title": spec.title,
        "folder": place(folder),
        "pages": list(spec.page_sizes),
        "languages": list(spec.languages),
        "options": [asdict(option) for option in spec.options],
    }


def shown_samples(found: Sequence[Sample]) -> list[dict[str, str]]:
    """Names and titles of what the template can be tried on."""
    return [{"name": sample.name, "title": sample.title} for sample in found]


def shown_view(view: View) -> dict[str, Any]:
    """What is looked at."""
    return {
        "fixture": view.fixture,
        "page": view.page,
        "language": view.language,
        "options": dict(view.options),
    }


def shown_output(output: Output | None) -> dict[str, Any] | None:
    """Measures of an output, and where its files are."""
    if output is None:
        return None
    rendered = output.rendered
    start = f"out/{output.number}"
    return {
        "number": output.number,
        "html": f"{start}/brief.html" if rendered.html else "",
        "pdf": f"{start}/brief.pdf" if rendered.pdf else "",
        "pictures": [f"{start}/{at}.png" for at in range(1, len(rendered.pictures) + 1)],
        "fill": rendered.fill,
        "pages": rendered.pages,
        "budget": rendered.budget,
        "cut": [
            {"section": cut.section, "count": cut.count, "items": list(cut.items)}
            for cut in rendered.cut
            if cut.count
        ],
        "warnings": list(rendered.warnings),
        "seconds": round(output.seconds, 2),
    }


def shown_trouble(trouble: Trouble | None) -> dict[str, str] | None:
    """Why there is no newer output."""
    if trouble is None:
        return None
    return {
        "message": trouble.message,
        "hint": trouble.hint,
        "place": at_line(trouble.file, trouble.line),
    }


def shown_checks(state: str, found: Sequence[Record], trouble: Trouble | None) -> dict[str, Any]:
    """What the checks found."""
    return {"state": state, "trouble": shown_trouble(trouble), "problems": list(found)}


def at_line(file: str, line: int) -> str:
    """A place as editors and terminals take it: `templates/mine/print.css:12`."""
    if not file:
        return ""
    return f"{place(Path(file))}:{line}" if line else place(Path(file))


def place(path: Path) -> str:
    """A path as seen from the working directory, where it lies in there."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

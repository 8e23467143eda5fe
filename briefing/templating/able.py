"""Whether a template can be printed as its user asks: by its contract alone, nothing is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.templating.contract import TemplateSpec


def check_formats(spec: TemplateSpec, formats: Iterable[str]) -> None:
    """Refuse a format that the template lacks.

    Raises:
        TemplateError: If there is one.
    """
    for name in formats:
        if name != "json" and name not in spec.formats:
            raise TemplateError(
                f"template {spec.name} has no format {name}",
                hint=f"It has {', '.join(spec.formats)}, and any template json.",
                usage=True,
            )


def check_language(spec: TemplateSpec, language: str) -> None:
    """Refuse a language that the template cannot be set in.

    Raises:
        TemplateError: If it cannot.
    """
    if language not in spec.languages:
        raise TemplateError(
            f"template {spec.name} cannot be set in {language}",
            hint=f"It has {', '.join(spec.languages)}.",
            usage=True,
        )


def check_page(spec: TemplateSpec, page: str) -> None:
    """Refuse a page size that the template was not made for.

    Raises:
        TemplateError: If it was not.
    """
    if page not in spec.page_sizes:
        raise TemplateError(
            f"template {spec.name} has no page size {page}",
            hint=f"It has {', '.join(spec.page_sizes)}.",
            usage=True,
        )

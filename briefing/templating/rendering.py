"""A brief and a template in, the text of a page out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from briefing.errors import TemplateError
from briefing.templating.bounds import fill
from briefing.templating.contract import CONTRACT, PAGE
from briefing.templating.options import choose
from briefing.templating.sandbox import environment
from briefing.templating.sources import advise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from briefing.brief import Brief
    from briefing.templating.contract import TemplateSpec

UNSEEN = dict.fromkeys(
    (
        *range(0x09),
        0x0B,
        0x0C,
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
"""Control characters: they would change what the eye reads, and a source may hold any."""

FAILURES = (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What an expression in a template can raise besides Jinja's own errors."""


def render_template(
    spec: TemplateSpec,
    brief: Brief,
    *,
    page: str,
    styles: str = "",
    options: Mapping[str, object] | None = None,
    file: str = PAGE,
) -> str:
    """Fill a template.

    It sees `brief`, `page`, `styles`, `options`, `direction` of the brief's language; the wording
    of that language by `_`, `ngettext` and `pgettext`; `asset(name)`, which makes
    a `data:` address of a file in its folder; the test `web_address`; the filter `day`; and the
    filter `unquoted`, which makes double quotation marks single, for strings that are no
    `Quotation`.

    Args:
        spec: From `load`.
        brief: What to print.
        page: A size that the template was made for.
        styles: CSS for one style element, of our own making; never from a source.
        options: What the user chose, by name; what is not given has its default.
        file: Which of the template's pages.

    Raises:
        TemplateError: If the template fails, with its file and line; or if it does not know the
            page size or the brief's language.
        SettingsError: If an option is unknown, or its value does not fit.
    """
    if page not in spec.page_sizes:
        raise TemplateError(
            f"template {spec.name} has no page size {page}",
            hint=f"It has {', '.join(spec.page_sizes)}.",
            usage=True,
        )
    if brief.language not in spec.languages:
        raise TemplateError(
            f"template {spec.name} cannot be set in {brief.language}",
            hint=f"It has {', '.join(spec.languages)}: see `languages` in {CONTRACT}.",
            usage=True,
        )
    if re.search(r"</style", styles, re.IGNORECASE):
        raise TemplateError(f"the styles of template {spec.name} hold a closing style tag")
    jinja = environment(spec.folders, brief.language)
    return render_page(
        jinja, spec, brief, page=page, styles=styles, options=options or {}, file=file
    )


def render_page(
    jinja: Environment,
    spec: TemplateSpec,
    brief: Brief,
    *,
    page: str,
    styles: str,
    options: Mapping[str, object],
    file: str = PAGE,
) -> str:
    """As `render_template`, in an environment like that of `sandbox`.

    Raises:
        TemplateError: If the template fails, with its file and line.
        SettingsError: If an option is unknown, or its value does not fit.
    """
    from jinja2 import TemplateError as JinjaError
    from markupsafe import Markup

    from briefing.wording import load as load_wording

    chosen = choose(spec.options, options, template=spec.name)
    direction = load_wording(brief.language).direction
    try:
        values = {
            "brief": brief,
            "page": page,
            "direction": direction,
            "options": chosen,
            "styles": Markup(styles),  # noqa: S704 - the template's own CSS, never of a source
        }
        printed = fill(jinja.get_template(file), values)
    except (JinjaError, *FAILURES) as error:
        raise TemplateError(f"{place_of(error, spec)}: {error}", hint=advise(error)) from error
    return printed.translate(UNSEEN)


def place_of(error: Exception, spec: TemplateSpec) -> str:
    """File and line of the template in which `error` arose."""
    place = str(spec.file(PAGE))
    line = getattr(error, "lineno", None)
    if line is not None:
        return f"{getattr(error, 'filename', None) or place}:{line}"
    trace: Any = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place

"""Whether what a plan asks for can be made, as far as that shows before anything is read.

In: the settings of a brief or a newsletter. Out: the one that is wrong. Of templates only their
contracts and files are looked at, and of models only the names.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from briefing.errors import BriefingError
from briefing.templating import choose, load
from briefing.templating.able import check_formats, check_language, check_page
from briefing.writers import beginning_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.settings import Settings

OPTION = "options."
"""Before the name of a template's option, to tell it from a setting."""


class Suits:
    """Looks at settings; at each template, and each combination of settings, once."""

    def __init__(self) -> None:
        self._spec = cache(load)
        self._seen: set[tuple[object, ...]] = set()

    def check(self, settings: Settings) -> tuple[str, BriefingError] | None:
        """The first setting that is wrong, and why; None too where that was told before.

        An option of the template is named `options.NAME`.
        """
        combination = (
            settings.template, settings.formats, settings.language, settings.page,
            settings.options, settings.model,
        )  # fmt: skip
        if combination in self._seen:
            return None
        self._seen.add(combination)
        for setting, check in self._checks(settings):
            try:
                check()
            except BriefingError as error:
                return setting, error
        return None

    def _checks(self, settings: Settings) -> Iterator[tuple[str, Callable[[], object]]]:
        """What to try for each setting, the template first, as the others need it."""
        yield "template", partial(self._spec, settings.template)
        spec = self._spec(settings.template)
        yield "formats", partial(check_formats, spec, settings.formats)
        yield "language", partial(check_language, spec, settings.language)
        if "pdf" in settings.formats:
            yield "page", partial(check_page, spec, settings.page)
        for name, value in settings.options:
            yield OPTION + name, partial(choose, spec.options, {name: value}, template=spec.name)
        yield "model", partial(beginning_of, settings.model)

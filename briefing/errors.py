"""Every error that a user can meet.

    BriefingError
    ├── SettingsError     a setting, option or configuration file
    │   └── PlanError     the plan of a batch
    ├── SourceError       a source that cannot be read
    │   └── FocusError    sources that say nothing about what was asked for
    ├── ModelError        a model that is unknown, missing or fails
    ├── TemplateError     a template folder, its contract or its rendering
    ├── FindingsError     a brief.json that cannot be used
    ├── VerificationError a printed quotation that stands in no source
    ├── RenderError       the rendering library or what it needs
    └── OutputError       a place that cannot be written, or a changed file in the way

Each says what failed and where; `hint` says what to do. The command line prints both and
leaves with `exit_code`; any other exception is a bug and keeps its traceback.
"""

from __future__ import annotations

WRONG_USAGE = 2
"""The exit code of a wrong option, setting or name."""


class BriefingError(Exception):
    """Root of the package's errors.

    Args:
        message: What failed, and where.
        hint: What to do about it; one sentence or a command line.
        usage: Whether it is what the user named that is wrong, and not what lies there.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", usage: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if usage:
            self.exit_code = WRONG_USAGE


class SettingsError(BriefingError):
    """A setting, option or configuration file is wrong."""

    exit_code = WRONG_USAGE


class PlanError(SettingsError):
    """The plan of a batch is wrong."""


class SourceError(BriefingError):
    """A source cannot be read.

    Args:
        message: What failed, and where.
        hint: What to do about it.
        usage: As of any error.
        source: Its path as the message has it; empty where that is none.
    """

    def __init__(
        self, message: str, *, hint: str = "", usage: bool = False, source: str = ""
    ) -> None:
        super().__init__(message, hint=hint, usage=usage)
        self.source = source

    @property
    def notice(self) -> str:
        """What the reader of a page is told: without folders, which do not concern them."""
        folder, slash, _ = self.source.rstrip("/").rpartition("/")
        told = self.message.replace(folder + slash, "", 1) if slash else self.message
        # A file's name may be in another encoding, which no page can have.
        return "Not read: " + told.encode("utf-8", "replace").decode("utf-8")


class FocusError(SourceError):
    """No source says anything about what was asked for."""


class ModelError(BriefingError):
    """A model is unknown, missing or fails."""


class TemplateError(BriefingError):
    """A template folder, its contract or its rendering is wrong."""


class FindingsError(BriefingError):
    """A `brief.json` cannot be used."""


class VerificationError(BriefingError):
    """A printed quotation stands in no source."""


class RenderError(BriefingError):
    """The rendering library, or something it needs, fails."""


class OutputError(BriefingError):
    """An output cannot be written without losing something."""

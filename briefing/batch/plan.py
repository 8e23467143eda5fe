"""The plan of a batch: what `plan.toml` asks for.

In: a TOML file. Out: `Plan`: one job a brief, topics and audiences multiplied out, and the
newsletters that gather them. Every key is checked; errors name file, line and key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from briefing.batch.suits import OPTION, Suits
from briefing.errors import PlanError, SettingsError
from briefing.keys import explained, line_of_error, lines_of, nearest
from briefing.settings import Settings, as_options, parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.errors import BriefingError

ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
ID_LENGTH = 80
ADDRESS = re.compile(r"(https://\S+)?")
HINT = "See “Batches” in the README for the keys of a plan."


@dataclass(frozen=True, slots=True)
class Job:
    """One brief to make.

    Attributes:
        id: Unique in the plan, and fit for a file's name.
        sources: Files, folders, patterns and feeds, as paths from where the command runs.
        settings: How it is made; `output` and `force` do not count.
        recipient: Whom it is for, by name; or empty.
        entry: Id of what it is made of in the plan, as others for other topics and audiences.
    """

    id: str
    sources: tuple[str, ...]
    settings: Settings
    recipient: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """One newsletter for one audience.

    Attributes:
        id: Unique among the newsletters of the plan, and fit for a file's name.
        briefs: Ids of the jobs that it gathers, in its order.
        settings: How it is printed.
        recipient: Whom it is for, by name; or empty.
        entry: Id of what it is made of in the plan, as others for other audiences.
    """

    id: str
    briefs: tuple[str, ...]
    settings: Settings
    recipient: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a batch makes, in the order of the file.

    `feed_url` is the web address at which its JSON Feed will lie; empty for none.
    """

    path: Path
    jobs: tuple[Job, ...]
    issues: tuple[Issue, ...]
    feed_url: str = ""


class _Made(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What may stand in the defaults, a brief, a newsletter and, in part, an audience."""

    template: str | None = None
    formats: tuple[str, ...] | None = None
    model: str | None = None
    allow_remote: bool | None = None
    focus: str | None = None
    date: Any = None
    page: str | None = None
    pages: int | None = None
    lang: str | None = None
    handling: str | None = None
    sender: str | None = None
    unsubscribe: str | None = None
    set: dict[str, str | bool | int | float] | None = None


class _Defaults(_Made, kw_only=True):
    title: str | None = None
    recipient: str = ""


class _Brief(_Made, kw_only=True):
    id: str
    sources: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    title: str | None = None
    recipient: str = ""
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()


class _Audience(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    id: str
    name: str = ""
    focus: str | None = None
    lang: str | None = None
    template: str | None = None
    formats: tuple[str, ...] | None = None
    page: str | None = None
    handling: str | None = None
    set: dict[str, str | bool | int | float] | None = None


class _Newsletter(_Made, kw_only=True):
    id: str
    briefs: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    title: str | None = None
    recipient: str = ""
    audiences: tuple[str, ...] = ()


class _File(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    defaults: _Defaults = msgspec.field(default_factory=_Defaults)
    brief: Annotated[tuple[_Brief, ...], msgspec.Meta(min_length=1)]
    newsletter: tuple[_Newsletter, ...] = ()
    audience: tuple[_Audience, ...] = ()
    feed_url: str = ""


def read_plan(path: Path) -> Plan:
    """Read a plan and check every key.

    Paths of sources and folders of templates are taken from the folder of the plan.

    Raises:
        PlanError: If it cannot be read, or a key is missing, unknown or wrong; the message names
            file, line and key.
    """
    try:
        text = path.read_text("utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise PlanError(f"{path} cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        message, line = line_of_error(str(error))
        raise PlanError(f"{path}:{line}: {message}", hint="Correct that line.") from error
    except UnicodeDecodeError as error:
        raise PlanError(f"{path}: {error}", hint="Save it as UTF-8.") from error
    where = _Where(path, lines_of(text))
    try:
        read = msgspec.convert(table, _File)
    except msgspec.ValidationError as error:
        key, problem = explained(str(error))
        raise where.wrong(key, problem, HINT) from error
    return _Expansion(read, where).plan()


@dataclass(frozen=True, slots=True)
class _Where:
    """A file and the lines of its keys."""

    path: Path
    lines: Mapping[str, int]

    def wrong(self, key: str, problem: str, hint: str = "") -> PlanError:
        """The error for one key."""
        line = nearest(self.lines, key)
        return PlanError(f"{self.path}:{line}: {key + ': ' if key else ''}{problem}", hint=hint)


@dataclass(frozen=True, slots=True)
class _Expansion:
    """Multiplies out one file."""

    file: _File
    where: _Where
    suits: Suits = field(default_factory=Suits)

    def plan(self) -> Plan:
        """All jobs and issues, their names checked."""
        audiences = {one.id: one for one in self.file.audience}
        self.check_ids("audience", [one.id for one in self.file.audience])
        self.check_ids("brief", [one.id for one in self.file.brief])
        self.check_ids("newsletter", [one.id for one in self.file.newsletter])
        if not ADDRESS.fullmatch(self.file.feed_url):
            raise self.where.wrong(
                "feed_url",
                f"`{self.file.feed_url}` is no address of the web",
                "Give one that begins with https://.",
            )
        jobs: list[tuple[str, str, Job]] = []
        for number, brief in enumerate(self.file.brief):
            more = list(self.jobs(f"brief[{number}]", brief, audiences))
            self.check_new(f"brief[{number}]", jobs_of(more), jobs_of(jobs))
            jobs += more
        issues: list[Issue] = []
        for number, letter in enumerate(self.file.newsletter):
            gathered = list(self.issues(f"newsletter[{number}]", letter, audiences, jobs))
            self.check_new(f"newsletter[{number}]", gathered, issues)
            issues += gathered
        return Plan(self.where.path, jobs_of(jobs), tuple(issues), self.file.feed_url)

    def check_ids(self, kind: str, ids: Sequence[str]) -> None:
        """Refuse ids that cannot be the name of a file, or stand twice."""
        for number, name in enumerate(ids):
            key = f"{kind}[{number}].id"
            if not ID.fullmatch(name) or len(name) > ID_LENGTH:
                raise self.where.wrong(
                    key,
                    f"`{name}` cannot be the name of a folder",
                    f"Use small letters, digits, `-`, `.` and `_`, at most {ID_LENGTH} of them.",
                )
            if name in ids[:number]:
                raise self.where.wrong(key, f"`{name}` stands twice", "Give it another name.")

    def check_new(
        self, key: str, made: Sequence[Job | Issue], others: Sequence[Job | Issue]
    ) -> None:
        """Refuse what goes by a name of another entry, as topics and audiences may make them."""
        known = {other.id for other in others}
        for one in made:
            if one.id in known:
                raise self.where.wrong(
                    f"{key}.id",
                    f"two of them would be called `{one.id}`",
                    "What is made is called by id, topic and audience: change an id.",
                )

    def jobs(
        self, key: str, brief: _Brief, audiences: Mapping[str, _Audience]
    ) -> Iterator[tuple[str, str, Job]]:
        """The jobs of one brief, each with the brief's id and that of its audience."""
        from briefing.output import slug

        chosen = self.audiences(key, brief.audiences, audiences)
        slugs = [slug(topic) for topic in brief.topics]
        for number, (topic, name) in enumerate(zip(brief.topics, slugs, strict=True)):
            if not topic.strip():
                raise self.where.wrong(f"{key}.topics[{number}]", "a topic is empty")
            if name in slugs[:number]:
                raise self.where.wrong(
                    f"{key}.topics[{number}]",
                    f"`{topic}` makes the same name as another topic: `{name}`",
                    "Leave it out, or give it other words.",
                )
        for topic, named in zip(brief.topics, slugs, strict=True) if slugs else (("", ""),):
            for audience in chosen:
                parts = (brief.id, named, audience.id if audience else "")
                given = {"focus": topic} if topic else {}
                yield (
                    brief.id,
                    parts[2],
                    Job(
                        id="-".join(filter(None, parts)),
                        sources=tuple(self.beside(source) for source in brief.sources),
                        settings=self.settings(key, brief, audience, given),
                        recipient=self.recipient(brief, audience),
                        entry=brief.id,
                    ),
                )

    def issues(
        self,
        key: str,
        letter: _Newsletter,
        audiences: Mapping[str, _Audience],
        jobs: Sequence[tuple[str, str, Job]],
    ) -> Iterator[Issue]:
        """The issues of one newsletter, one an audience."""
        for audience in self.audiences(key, letter.audiences, audiences):
            name = audience.id if audience else ""
            briefs: list[str] = []
            for number, wanted in enumerate(letter.briefs):
                found = [
                    job.id
                    for brief, only, job in jobs
                    if wanted in (brief, job.id) and only in ("", name)
                ]
                if not found:
                    raise self.lacking(f"{key}.briefs[{number}]", wanted, name, jobs)
                briefs += found
            yield Issue(
                id="-".join(filter(None, (letter.id, name))),
                briefs=tuple(dict.fromkeys(briefs)),
                settings=self.settings(key, letter, audience, {}, template="newsletter"),
                recipient=self.recipient(letter, audience),
                entry=letter.id,
            )

    def lacking(
        self, key: str, wanted: str, name: str, jobs: Sequence[tuple[str, str, Job]]
    ) -> PlanError:
        """The error for a brief that a newsletter, for the audience `name`, wants in vain."""
        others = [only for brief, only, job in jobs if wanted in (brief, job.id)]
        if others:
            return self.where.wrong(
                key,
                f"`{wanted}` is made for {', '.join(dict.fromkeys(others))} alone",
                "An issue takes the briefs that are made for its audience, or for all: give both"
                " the same audiences.",
            )
        return self.where.wrong(
            key,
            f"no brief is called `{wanted}`" + (f" for {name}" if name else ""),
            f"Known: {', '.join(dict.fromkeys(brief for brief, _, _ in jobs))}.",
        )

    def audiences(
        self, key: str, names: Sequence[str], known: Mapping[str, _Audience]
    ) -> tuple[_Audience | None, ...]:
        """The audiences of that name; one None where there are none."""
        for number, name in enumerate(names):
            if name not in known:
                raise self.where.wrong(
                    f"{key}.audiences[{number}]",
                    f"no audience is called `{name}`",
                    f"Known: {', '.join(known) or 'none'}.",
                )
            if name in names[:number]:
                raise self.where.wrong(
                    f"{key}.audiences[{number}]", f"`{name}` stands twice", "Leave one out."
                )
        return tuple(known[name] for name in names) or (None,)

    def recipient(self, made: _Brief | _Newsletter, audience: _Audience | None) -> str:
        """Whom a page is for."""
        named = audience.name or audience.id if audience else ""
        return made.recipient or named or self.file.defaults.recipient

    def settings(
        self,
        key: str,
        made: _Brief | _Newsletter,
        audience: _Audience | None,
        given: Mapping[str, object],
        **base: object,
    ) -> Settings:
        """What the defaults, a brief or newsletter, its topic and its audience say together.

        Raises:
            PlanError: If that cannot be made; it names the key that says so.
        """
        merged: dict[str, Any] = dict(base)
        options: dict[str, str] = {}
        keys: dict[str, str] = {}
        focus = (given or {}).get("focus") or made.focus
        of_audience = f"audience[{self.file.audience.index(audience)}]" if audience else ""
        for at, one in (("defaults", self.file.defaults), (key, made), (of_audience, audience)):
            for name, value in msgspec.structs.asdict(one).items() if one else ():
                # The template that briefs have by default is none for a newsletter.
                if (
                    value is None
                    or name not in NAMES
                    or (one is self.file.defaults and name in base)
                ):
                    continue
                if name == "set":
                    options |= dict(as_options(value))
                    keys |= {OPTION + each: f"{at}.set.{each}" for each in value}
                else:
                    merged[NAMES[name]] = value
                    keys[NAMES[name]] = f"{at}.{name}"
        if focus:
            merged["focus"] = focus
            keys["focus"] = f"{key}.topics" if given else f"{key}.focus"
        merged["recipient"] = self.recipient(made, audience)
        if "date" in merged:
            merged["date"] = self.day(keys["date"], merged["date"])
        if str(merged.get("template", "")).startswith("."):
            merged["template"] = self.beside(merged["template"])
        for name, value in merged.items():
            try:
                replace(Settings(), **{name: value})
            except SettingsError as error:
                raise self.wrong(key, keys.get(name, key), error) from error
        settings = replace(Settings(), **merged, options=tuple(options.items()))
        if found := self.suits.check(settings):
            name, problem = found
            # What nobody set has no line of its own.
            raise self.wrong(key, keys.get(name, key), problem) from problem
        return settings

    def wrong(self, key: str, named: str, error: BriefingError) -> PlanError:
        """The error for the key `named`, which the brief or newsletter at `key` goes by."""
        whose = "" if named.startswith(key) else f" (for {key})"
        return self.where.wrong(named, error.message + whose, error.hint)

    def day(self, key: str, value: object) -> str:
        """A date of the file, as TOML's own or as text."""
        try:
            return parse_date(value)
        except SettingsError as error:
            raise self.where.wrong(key, error.message, error.hint) from error

    def beside(self, path: str) -> str:
        """A path of the plan as one from here."""
        if Path(path).is_absolute() or self.where.path.parent == Path():
            return path
        return str(self.where.path.parent / path)


def jobs_of(made: Sequence[tuple[str, str, Job]]) -> tuple[Job, ...]:
    """The jobs without what they were made of."""
    return tuple(job for _, _, job in made)


NAMES = {
    "template": "template",
    "formats": "formats",
    "model": "model",
    "allow_remote": "allow_remote",
    "title": "title",
    "focus": "focus",
    "date": "date",
    "page": "page",
    "pages": "pages",
    "lang": "language",
    "handling": "handling",
    "sender": "sender",
    "unsubscribe": "unsubscribe",
    "set": "set",
}
"""The keys of a plan that are settings, and how those call them."""

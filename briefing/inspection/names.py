"""Names and fields that a template uses, against what there is: read from its files, not printed.

In: a template's files. Out: problems with the line of each.
"""

from __future__ import annotations

from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import (  # noqa: TID253 - only `templates check` comes here
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    nodes,
)

from briefing.inspection.problems import Problem
from briefing.inspection.usage import RECORDS, Reader, Source, Use
from briefing.paths import shipped
from briefing.templating import CONTRACT, environment
from briefing.templating.contract import SEE_SCHEMA
from briefing.templating.sandbox import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from briefing.templating import TemplateSpec

GIVEN = frozenset(("brief", "page", "styles", "options", "direction"))
PASSES = 4
"""How often macros are walked: types travel from one to the next in each."""


def sources(spec: TemplateSpec) -> Iterator[Source | Problem]:
    """Every file that the template's pages are made of, its own or shared, parsed."""
    jinja = environment(spec.folders, spec.languages[0])
    todo = [each.name for each in sorted(spec.folder.glob("*.j2"))]
    todo += [name for name in ("brief.html.j2",) if name not in todo and spec.file(name)]
    seen = set()
    while todo:
        name = todo.pop(0)
        if name in seen:
            continue
        seen.add(name)
        try:
            text, path, _ = jinja.loader.get_source(jinja, name)  # type: ignore[union-attr]
            tree = jinja.parse(text, filename=path)
        except TemplateSyntaxError as error:
            where = _path(error.filename) or spec.folder / name
            yield Problem("syntax", "error", error.message or "", where, error.lineno)
            continue
        except TemplateNotFound:
            continue  # printing says which file is missing
        yield Source(_path(path) or spec.folder / name, tree, jinja)
        todo += [each for each in meta.find_referenced_templates(tree) if each]


def _path(name: str | None) -> Path | None:
    return Path(name) if name else None


def names(spec: TemplateSpec, parsed: Sequence[Source]) -> Iterator[Problem]:
    """Names, fields and options that do not exist, are not declared, or are never used."""
    yield from _undefined(parsed)
    walk = Use()
    for _ in range(PASSES):
        for source in parsed:
            Reader(walk, source, parsed).read()
    for path, line, record, name in walk.unknown:
        known = [each.name for each in fields(RECORDS[record])]
        close = get_close_matches(name, known, n=1)
        yield Problem(
            "field", "error", f"a {record} has no {name}", path, line,
            hint=f"Did you mean {close[0]}?" if close else SEE_SCHEMA,
        )  # fmt: skip
    yield from _declared(spec, walk)


def _declared(spec: TemplateSpec, walk: Use) -> Iterator[Problem]:
    """What the contract declares against what is used."""
    contract = spec.folder / CONTRACT
    listed = spec.lines.get("fields", 1)
    for name, (path, line) in walk.used.items():
        if name not in spec.fields:
            # A macro that ships may print more of a brief: the contract is the place to say so.
            where = (
                (contract, listed)
                if path.is_relative_to(shipped("templates").resolve() / SHARED)
                else (path, line)
            )
            yield Problem(
                "fields", "error", f"{name} is printed, and `fields` does not list it", *where,
                hint=f"Add it to `fields` in {CONTRACT}.",
            )  # fmt: skip
    if not walk.whole:
        for name in spec.fields:
            if name not in walk.used:
                yield Problem(
                    "fields", "warning", f"{name} stands in `fields` and is never printed",
                    contract, listed, hint="Print it, or take it out of the list.",
                )  # fmt: skip
    known = {option.name for option in spec.options}
    for name, (path, line) in walk.options.items():
        if name not in known:
            yield Problem(
                "options", "error", f"there is no option {name}", path, line,
                hint=f"Declare [options.{name}] in {CONTRACT}.",
            )  # fmt: skip
    for name in sorted(known - walk.options.keys()):
        yield Problem(
            "options", "warning", f"the option {name} is never used", contract,
            spec.lines.get(f"options.{name}", 1), hint="Use {{ options." + name + " }}.",
        )  # fmt: skip


def _undefined(parsed: Sequence[Source]) -> Iterator[Problem]:
    """Names that are neither given to a template nor made in it."""
    made = {
        each.name
        for source in parsed
        for each in source.tree.find_all(nodes.Name)
        if each.ctx in ("store", "param")
    }
    made |= {name for source in parsed for name in _brought(source.tree)}
    for source in parsed:
        try:
            unknown = meta.find_undeclared_variables(source.tree)
        except TemplateSyntaxError:  # an unknown filter or test: told elsewhere
            continue
        unknown = {name for name in unknown if name not in GIVEN | made}
        for each in source.tree.find_all(nodes.Name):
            if each.ctx == "load" and each.name in unknown:
                close = get_close_matches(each.name, sorted(GIVEN | made), n=1)
                yield Problem(
                    "name", "error", f"there is no {each.name}", source.path, each.lineno,
                    hint=f"Did you mean {close[0]}?" if close else SEE_SCHEMA,
                )  # fmt: skip


def _brought(tree: nodes.Template) -> Iterator[str]:
    """Names of macros, own and imported, and of imported files."""
    for node in tree.find_all((nodes.Macro, nodes.FromImport, nodes.Import)):
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (each[1] if isinstance(each, tuple) else each for each in node.names)

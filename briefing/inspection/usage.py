"""Which fields of a brief the files of a template use, as far as their loops and macros show it.

In: parsed files. Out: `Use`: fields and options with the first place that uses each, and fields
that a record does not have. Types come from the records of `briefing.brief`; what cannot be told
is let pass.
"""

from __future__ import annotations

from dataclasses import dataclass, field, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import GenericAlias, NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, nodes  # noqa: TID253 - only `templates check` comes here

from briefing.brief import Brief

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAME = frozenset(
    "list selectattr rejectattr select reject sort unique reverse default d batch slice".split()
)
"""Filters whose result holds what they were given."""

ONE = frozenset(("first", "last", "random", "min", "max"))


@dataclass(slots=True)
class Use:
    """What is known while the files are walked.

    Attributes:
        types: Of each macro its parameters' types, by file and name, then by parameter.
        used: Of each record, the fields that are used, and where first.
        unknown: Fields that a record does not have: file, line, record, field.
        options: Names of options that are used, and where first.
        whole: Whether the brief is used in a way that does not tell which fields.
    """

    types: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    used: dict[str, tuple[Path, int]] = field(default_factory=dict)
    unknown: dict[tuple[Path, int, str, str], None] = field(default_factory=dict)
    options: dict[str, tuple[Path, int]] = field(default_factory=dict)
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a template, parsed."""

    path: Path
    tree: nodes.Template
    jinja: Environment


class Reader:
    """Walks one file, and learns which types its names have."""

    def __init__(self, walk: Use, source: Source, parsed: Sequence[Source]) -> None:
        self.walk = walk
        self.path = source.path
        self.tree = source.tree
        self.parsed = parsed
        self.macros: dict[str, tuple[str, str]] = {}

    def read(self) -> None:
        """Walk the file from top to bottom."""
        scope: dict[str, Any] = {"brief": Brief, "options": _Options}
        for macro in self.tree.find_all(nodes.Macro):
            self.macros[macro.name] = (str(self.path), macro.name)
        for imported in self.tree.find_all(nodes.FromImport):
            self._import(imported)
        self._all(self.tree.body, scope)

    def _import(self, node: nodes.FromImport) -> None:
        if not isinstance(node.template, nodes.Const):
            return
        name = str(node.template.value)
        path = next((one.path for one in self.parsed if str(one.path).endswith(name)), None)
        for each in node.names:
            original, alias = each if isinstance(each, tuple) else (each, each)
            self.macros[alias] = (str(path), original)

    def _all(self, body: Sequence[nodes.Node], scope: dict[str, Any]) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: dict[str, Any]) -> None:
        if isinstance(node, nodes.For):
            held = _held(self._type(node.iter, scope))
            inner = scope | {"loop": None}
            self._bind(node.target, held, inner)
            if node.test:
                self._type(node.test, inner)
            self._all(node.body, inner)
            self._all(node.else_, dict(scope))
        elif isinstance(node, nodes.Macro):
            known = self.walk.types.get((str(self.path), node.name), {})
            inner = scope | {arg.name: known.get(arg.name) for arg in node.args}
            self._all([*node.defaults, *node.body], inner)
        elif isinstance(node, nodes.Assign):
            self._bind(node.target, self._type(node.node, scope), scope)
        elif isinstance(node, nodes.Expr):
            self._type(node, scope)
        elif isinstance(node, (nodes.If, nodes.Output, nodes.Block, nodes.CallBlock)):
            # Names set in a branch are known after it, as in Jinja.
            self._all(list(node.iter_child_nodes()), scope)
        else:
            self._all(list(node.iter_child_nodes()), dict(scope))

    def _bind(self, target: nodes.Node, held: Any, scope: dict[str, Any]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = held
        elif isinstance(target, nodes.Tuple):
            for each in target.items:
                self._bind(each, None, scope)

    def _type(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """What an expression is, or None; the fields it uses are noted."""
        if isinstance(node, nodes.Name):
            return scope.get(node.name)
        if isinstance(node, nodes.Getattr):
            return self._attribute(self._type(node.node, scope), node.attr, node.lineno)
        if isinstance(node, nodes.Getitem):
            return self._item(node, scope)
        if isinstance(node, nodes.Filter):
            return self._filter(node, scope)
        if isinstance(node, nodes.Call):
            return self._call(node, scope)
        if isinstance(node, (nodes.Tuple, nodes.List)):
            held = [self._type(each, scope) for each in node.items]
            same = held and all(each == held[0] for each in held)
            return _several(held[0]) if same else None
        if isinstance(node, nodes.CondExpr):
            self._type(node.test, scope)
            one = self._type(node.expr1, scope)
            other = self._type(node.expr2, scope) if node.expr2 else None
            return one or other
        if isinstance(node, (nodes.Add, nodes.And, nodes.Or)):
            one, other = self._type(node.left, scope), self._type(node.right, scope)
            return one if one == other or isinstance(node, nodes.Add) else None
        for each in node.iter_child_nodes():
            self._type(each, scope)
        return None

    def _attribute(self, owner: Any, name: str, line: int) -> Any:
        if owner is _Options:
            self.walk.options.setdefault(name, (self.path, line))
            return None
        if not (isinstance(owner, type) and is_dataclass(owner)):
            return None
        if owner is Brief:
            self.walk.used.setdefault(name, (self.path, line))
        hints = _hints(owner)
        if name not in hints and not hasattr(owner, name):
            self.walk.used.pop(name, None)
            self.walk.unknown[self.path, line, owner.__name__, name] = None
        return _plain(hints.get(name))

    def _item(self, node: nodes.Getitem, scope: dict[str, Any]) -> Any:
        owner = self._type(node.node, scope)
        self._type(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return owner
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._attribute(owner, node.arg.value, node.lineno)
        if owner is Brief:
            self.walk.whole = True
        return _held(owner)

    def _filter(self, node: nodes.Filter, scope: dict[str, Any]) -> Any:
        given = self._type(node.node, scope) if node.node else None
        named: dict[str, Any] = {each.key: each.value for each in node.kwargs}  # type: ignore[misc]  # pairs of a call have names
        for each in (*node.args, *named.values()):
            self._type(each, scope)
        first = node.args[0] if node.args else None
        attribute = named.get("attribute") or first
        takes = (
            node.name in ("selectattr", "rejectattr", "map", "groupby", "sum")
            or "attribute" in named
        )
        if takes and isinstance(attribute, nodes.Const) and isinstance(attribute.value, str):
            if node.name == "map" and "attribute" not in named:
                return None
            held = _held(given)
            for part in attribute.value.split("."):
                held = self._attribute(held, part, node.lineno)
            if node.name == "map":
                return _several(held)
        if node.name in SAME:
            return given
        return _held(given) if node.name in ONE else None

    def _call(self, node: nodes.Call, scope: dict[str, Any]) -> None:
        given = [self._type(each, scope) for each in node.args]
        named = {each.key: self._type(each.value, scope) for each in node.kwargs}
        if not isinstance(node.node, nodes.Name):
            self._type(node.node, scope)
            return
        key = self.macros.get(node.node.name)
        if key is None:
            return
        known = self.walk.types.setdefault(key, {})
        for parameter, held in zip(self._parameters(key), given, strict=False):
            _learn(known, parameter, held)
        for parameter, held in named.items():
            _learn(known, parameter, held)

    def _parameters(self, key: tuple[str, str]) -> list[str]:
        for source in self.parsed:
            if str(source.path) == key[0]:
                for macro in source.tree.find_all(nodes.Macro):
                    if macro.name == key[1]:
                        return [arg.name for arg in macro.args]
        return []


class _Options:
    """Stands for the type of `options`."""


def _learn(known: dict[str, Any], parameter: str, held: Any) -> None:
    """Note the type of a macro's parameter; two that differ leave it unknown."""
    if parameter not in known:
        known[parameter] = held
    elif known[parameter] != held:
        known[parameter] = None


@lru_cache(maxsize=64)
def _hints(record: type) -> Mapping[str, Any]:
    return get_type_hints(record)


def _records() -> dict[str, type]:
    """The records that a brief is made of, by name."""
    found: dict[str, type] = {}
    todo: list[Any] = [Brief]
    while todo:
        one = todo.pop()
        if isinstance(one, type) and is_dataclass(one) and one.__name__ not in found:
            found[one.__name__] = one
            todo += _hints(one).values()
        todo += get_args(one)
    return found


RECORDS = _records()


def _plain(hint: Any) -> Any:
    """A type without None; None where it is no record and no tuple of them."""
    if get_origin(hint) in (Union, UnionType):
        rest = [each for each in get_args(hint) if each is not NoneType]
        return _plain(rest[0]) if len(rest) == 1 else None
    return hint


def _several(held: Any) -> Any:
    """The type of a tuple of what is held; None where that is not known."""
    return None if held is None else GenericAlias(tuple, (held, ...))


def _held(hint: Any) -> Any:
    """What a tuple holds, if that is one type."""
    if get_origin(hint) is tuple:
        inner = get_args(hint)
        return _plain(inner[0]) if inner else None
    return None

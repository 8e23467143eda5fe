"""What a page may ask of Jinja, and that nothing it writes prints a source's text unescaped."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from jinja2 import (
    ChoiceLoader,
    DictLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.exceptions import SecurityError

from briefing.templating.bounds import (
    PAGE_LENGTH,
    SOURCE_LENGTH,
    as_text,
    bounded_environment,
    fill,
    own_files,
)

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.sandbox import ImmutableSandboxedEnvironment

SOURCE = "<b onclick='x'>\" onload=\"y</b>"
OPTIONS = {"autoescape": True, "undefined": StrictUndefined}


def environment(**options: object) -> ImmutableSandboxedEnvironment:
    return bounded_environment()(**(OPTIONS | options))


def printed(template: str, /, **values: object) -> str:
    return fill(environment().from_string(template), values)


REFUSED = [
    "{{ 'x' * 10000000000 }}",
    "{{ 10000000000 * 'x' }}",
    "{{ [1] * 10000000 }}",
    "{{ (1, 2) * 600000 }}",
    "{{ 10 ** (10 ** 10) }}",
    "{{ 2 ** 100000 }}",
    "{% set n = namespace(n=10) %}{% for i in range(40) %}{% set n.n = n.n * n.n %}{% endfor %}",
    "{% set n = namespace(t='x') %}{% for i in range(40) %}{% set n.t = n.t + n.t %}{% endfor %}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%.1000000000f' % 1 }}",
    "{{ '%*d' % (1000000000, 1) }}",
    "{{ '%99999999999999999999d' % 1 }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '{:1000000000}'.format(1) }}",
    "{{ '{:{}}'.format(1, 1000000000) }}",
    "{{ '{x:>1000000000}'.format_map({'x': 1}) }}",
    "{{ ['%1000000000d']|map('format', 1)|list }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ ['x']|map('center', 1000000000)|list }}",
    "{{ 'x'.center(1000000000) }}",
    "{{ 'x'.zfill(1000000000) }}",
    "{{ '\\t'.expandtabs(tabsize=1000000000) }}",
    "{{ 'a\\nb'|indent(1000000000) }}",
    "{{ 'a\\nb'|indent('x' * 1000) }}",
    "{{ ('x' * 900000)|wordwrap(1, wrapstring='y' * 100) }}",
    "{{ ('x' * 900000)|replace('x', 'y' * 100) }}",
    "{{ ('x' * 900000).replace('x', 'y' * 100) }}",
    "{{ range(10000)|join('y' * 1000) }}",
    "{{ ('y' * 1000).join(('x ' * 10000).split()) }}",
    "{{ 1|round(1000000000) }}",
    "{{ range(1000000000) }}",
    "{{ range(10 ** 30) }}",
    "{{ [1]|batch(1000000000, 'x')|list }}",
    "{{ [1]|slice(1000000000)|list }}",
    "{{ 'x'.translate({120: 'y'}) }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ ''['__class__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ [1]|map(attribute='__class__')|first }}",
    "{{ [].append(1) }}",
    "{{ cycler.__init__.__globals__ }}",
]


@pytest.mark.parametrize("source", REFUSED)
def test_operation_without_measure_is_refused(source: str) -> None:
    """It is refused at once, by name, and neither done when checked nor when filled."""
    start = time.process_time()
    environment().compile(source)
    with pytest.raises(SecurityError) as caught:
        printed(source)
    assert time.process_time() - start < 0.5
    assert caught.value.message


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ '-' * 20 }}", "-" * 20),
        ("{{ 2 ** 10 + 3 * 4 % 5 }}", "1026"),
        ("{{ '%05.1f %s' % (2.25, 'm') }}", "002.2 m"),
        ("{{ '%(n)d of %(m)d'|format(n=1, m=1000000) }}", "1 of 1000000"),
        ("{{ '{:,} {{}}'.format(1000000) }}", "1,000,000 {}"),
        ("{{ 'a'|center(5) }}|", "  a  |"),
        ("{{ 'a\\nb'|indent(2, true) }}", "  a\n  b"),
        ("{{ 'a b c'|wordwrap(3) }}", "a b\nc"),
        ("{{ 'aXb'|replace('X', ', ') }}", "a, b"),
        ("{{ [1, '<', '2']|join(' & ') }}", "1 &amp; &lt; &amp; 2"),
        ("{{ [1, 2]|map('string')|join }}", "12"),
        ("{{ 2.345|round(1) }}", "2.3"),
        ("{{ range(3)|batch(2)|list|length }}", "2"),
        ("{{ (1, 2) + (3,) }}", "(1, 2, 3)"),
        ("{{ ', '.join(['a', 'b']) }}", "a, b"),
        ("{{ 'abc'.replace('b', '-').upper() }}", "A-C"),
        ("{{ text|e|indent(1) }}", "&lt;b onclick=&#39;x&#39;&gt;"),
    ],
)
def test_what_pages_need_works(source: str, text: str) -> None:
    """Ordinary use of operators, filters and methods is as in Jinja."""
    assert printed(source, text="<b onclick='x'>") == text


@pytest.mark.parametrize(
    "source",
    [
        "{{ source }}",
        "{{ (''|e) + source }}",
        "{{ ('x'|e).translate({120: source}) }}",
        "{{ ('\nx'|e)|indent(source) }}",
        "{{ ('\nx'|e)|indent(width=source, first=true) }}",
        "{{ ('x'|e)|replace('x', source) }}",
        "{{ ('x'|e).replace('x', source) }}",
        "{{ ('%s'|e) % source }}",
        "{{ ('{}'|e).format(source) }}",
        "{{ ('{a}'|e).format_map({'a': source}) }}",
        "{{ (''|e).join([source]) }}",
        "{{ ['x'|e]|join(source) ~ ['x'|e, 1]|join(source) }}",
        "{{ (source|e).unescape() }}",
        "{{ ('a b'|e)|wordwrap(1, wrapstring=source) }}",
        "{{ ('x' * 60)|e|truncate(40, end=source, leeway=0) }}",
        "{{ source|urlize(rel=source, target=source) }}",
        "{{ {'title': source}|xmlattr }}",
        "{{ (';tl&'|e)|reverse ~ source|reverse|reverse }}",
        "{% set kept %}{{ source }}{% endset %}{{ kept }}",
        "{% macro told(text) %}{{ text }}{% endmacro %}{{ told(source) }}",
        "<i title={{ source|tojson }}>",
    ],
)
def test_text_of_a_source_is_never_printed_as_markup(source: str) -> None:
    """However a page passes it on, it comes out escaped or not at all."""
    with suppress(SecurityError, TemplateSyntaxError, TypeError):
        text = printed(source, source=SOURCE)
        assert "<b" not in text
        assert '" onload="' not in text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ _(source) }}", None),
        ("{% set g = _ %}{{ g(source) }}", None),
        ("{{ pgettext('c', source) }}", None),
        ("{{ ngettext(source, source, 1) }}", None),
        ("{{ _('Ports & %(name)s', name=source) }}", "Ports &amp; &lt;b"),
        ("{{ ngettext('%(num)s port', '%(num)s ports', 2) }}", "2 ports"),
        ("{% trans name=source %}Ports of {{ name }}{% endtrans %}", "Ports of &lt;b"),
        ("{{ _('%(num)1000000000d', num=1) }}", SecurityError),
    ],
)
def test_wording_is_text_not_markup(source: str, text: str | type[Exception] | None) -> None:
    """A message is escaped, whoever wrote it, and what is put into it as well."""
    jinja = environment(extensions=["jinja2.ext.i18n"])
    jinja.install_gettext_callables(  # type: ignore[attr-defined]
        as_text(lambda message: message),
        as_text(lambda one, many, n: one if n == 1 else many),
        newstyle=True,
        pgettext=as_text(lambda _context, message: message),
    )
    page = jinja.from_string(source)
    if isinstance(text, type):
        with pytest.raises(text):
            fill(page, {})
        return
    printed = fill(page, {"source": SOURCE})
    assert "<b" not in printed
    assert printed.startswith(text or "&lt;b")


@pytest.mark.parametrize("name", ["safe", "tojson"])
def test_filters_that_skip_escaping_are_gone(name: str) -> None:
    """They are unknown when the template is checked."""
    with pytest.raises(Exception, match=f"No filter named '{name}'"):
        environment().compile(f"{{{{ x|{name} }}}}")


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% include 'page' %}",
        "{% extends 'page' %}",
        "{% import 'page' as again %}",
    ],
)
def test_endless_recursion_ends(source: str, tmp_path: Path) -> None:
    """A page that calls itself fails as any other error does."""
    (tmp_path / "page").write_text(source)
    page = environment(loader=own_files()(tmp_path)).get_template("page")
    with pytest.raises(RecursionError):
        fill(page, {})


def test_page_without_end_is_stopped_while_it_is_made() -> None:
    """A page is not made in whole before its length is looked at."""
    source = (
        "{% for a in range(10000) %}{% for b in range(10000) %}{{ x }}{% endfor %}{% endfor %}"
    )
    start = time.process_time()
    with pytest.raises(SecurityError, match=f"longer than {PAGE_LENGTH:,} characters"):
        printed(source, x="x" * 1000)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("name", ["out.j2", "far/../../out.j2", "/etc/hosts", "folder/hosts"])
def test_no_file_outside_the_folder_is_read(name: str, tmp_path: Path) -> None:
    """Neither by its name nor through a link."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / "secret").write_text("secret")
    (folder / "out.j2").symlink_to(tmp_path / "secret")
    (folder / "folder").symlink_to("/etc")
    jinja = environment(loader=own_files()(folder))
    with pytest.raises((SecurityError, TemplateNotFound)):
        jinja.get_template(name)


def test_link_that_leads_out_is_named(tmp_path: Path) -> None:
    """The reason is told, also where several places are searched."""
    (tmp_path / "page.j2").symlink_to("/etc/hosts")
    jinja = environment(loader=ChoiceLoader([own_files()([tmp_path]), DictLoader({})]))
    with pytest.raises(SecurityError, match=r"page\.j2 lies outside the template"):
        jinja.get_template("page.j2")


def test_links_within_the_folder_work(tmp_path: Path) -> None:
    """One file may have two names, and the folder itself may be linked."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "page.j2").write_text("here")
    (tmp_path / "mine" / "other.j2").symlink_to("page.j2")
    (tmp_path / "linked").symlink_to("mine")
    jinja = environment(loader=own_files()(tmp_path / "linked"))
    assert fill(jinja.get_template("other.j2"), {}) == "here"


def test_file_that_is_too_long_or_none_is_not_read(tmp_path: Path) -> None:
    """A device or a pipe could be read for ever."""
    (tmp_path / "long.j2").write_text("x" * (SOURCE_LENGTH + 1))
    os.mkfifo(tmp_path / "pipe.j2")
    jinja = environment(loader=own_files()(tmp_path))
    with pytest.raises(SecurityError, match="is longer than"):
        jinja.get_template("long.j2")
    with pytest.raises(TemplateNotFound):
        jinja.get_template("pipe.j2")


def test_missing_value_is_an_error_everywhere() -> None:
    """What is not there is not printed as nothing."""
    for source in ("{{ x }}", "{{ x ~ 'a' }}", "{{ x|indent(2) }}", "{{ 'a' + x }}"):
        with pytest.raises(Exception, match="'x' is undefined"):
            printed(source)
    assert issubclass(StrictUndefined, Undefined)

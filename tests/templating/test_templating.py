"""Template folders: their contract, the sandbox, and errors that say where."""

from __future__ import annotations

import io
import shutil

import pikepdf
import pytest

from briefing.brief import Brief
from briefing.codec import load_findings
from briefing.errors import TemplateError
from briefing.findings import Method
from briefing.mail import Mail
from briefing.paths import shipped
from briefing.publishing import Edition, Printer
from briefing.templating import load, names, render_template

BRIEF = Brief(
    title="A <b>title</b> & more",
    kicker="Policy brief",
    date="2026-11-22",
    cutoff="2026-11-22",
    language="en",
    status="Draft, machine-generated",
    handling="",
    focus="",
    bottom_line=None,
    summary=(),
    claims=(),
    contested=(),
    positions=(),
    unknowns=(),
    sources=(),
    cut=(),
    refusals=(),
    notices=(),
    method=Method("0.1.0", "stub", "", "stub"),
)


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped template that a test may spoil."""
    return shutil.copytree(shipped("templates") / "one-page", tmp_path / "mine")


def rendered(folder, source: str, **options) -> str:
    """What a template with this source prints."""
    (folder / "brief.html.j2").write_text(source)
    return render_template(load(str(folder)), BRIEF, page="A4", **options)


def test_shipped_template_loads():
    """The contract of the one-page template is read in full."""
    spec = load("one-page")
    assert spec.name == "one-page"
    assert spec.page_sizes == ("A4", "Letter")
    assert spec.pages == 1
    assert spec.languages == ("en", "de", "fr", "es", "it", "ar")
    assert spec.formats[:2] == ("pdf", "html")
    assert spec.limits.claims == 6
    assert len(spec.margins_mm) == 4
    assert "bottom_line" in spec.fields
    assert spec == load("one-page")


def test_every_listed_template_loads():
    """Whatever `names` lists can be loaded by that name."""
    assert "one-page" in names()
    assert [load(name).name for name in names()] == list(names())


def test_unknown_name_lists_the_known_ones():
    """A wrong name is answered with the right ones."""
    with pytest.raises(TemplateError, match="unknown template: one-pag") as caught:
        load("one-pag")
    assert "one-page" in caught.value.hint


def test_templates_of_the_working_folder_are_found(folder, monkeypatch):
    """A folder in `./templates` is known by its name."""
    (folder.parent / "templates").mkdir()
    folder.rename(folder.parent / "templates" / "mine")
    monkeypatch.chdir(folder.parent)
    assert "mine" in names()
    assert load("mine").folder == folder.parent / "templates" / "mine"


def test_path_to_a_folder_works(folder):
    """A path loads the folder it names; one without a contract is refused."""
    assert load(str(folder)).folder == folder
    with pytest.raises(TemplateError, match=r"holds no template\.toml"):
        load(str(folder.parent))


def test_a_folder_beside_is_found_after_the_known_ones(folder, monkeypatch):
    """A name that no template has may be that of a folder in the working folder."""
    monkeypatch.chdir(folder.parent)
    shutil.copytree(folder, folder.parent / "one-page")
    assert load("mine").folder == folder
    assert load("one-page").folder == shipped("templates") / "one-page"


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("{{ brief.colour }}", "briefing templates show --schema"),
        ("{{ nobody }}", "briefing templates show --schema"),
        ("{{ brief.title|safe }}", "remove the filter"),
        ("{% include 'no-such.j2' %}", "own folder"),
        ("{{ asset('no.svg') }}", "Put the file there"),
        ("{{ asset('template.toml') }}", ".svg"),
    ],
)
def test_an_error_of_a_template_says_what_to_do(folder, source, hint):
    """Whoever writes a template is told where to look."""
    with pytest.raises(TemplateError) as caught:
        rendered(folder, source)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "One page"', 'title = "One', r"template\.toml:2: "),
        ('title = "One page"', "title = 3", r"template\.toml:2: title: "),
        ('title = "One page"', "", r"template\.toml:1: title: is missing"),
        ("[page]", "colour = 1\n[page]", r"template\.toml:14: colour: is no key here"),
        ("pages = 1", "pages = 0", r"template\.toml:16: page\.pages: "),
        ("letters = 3700", "letters = -1", r"template\.toml:17: page\.letters: "),
        ("pages = 1", "pages = 1\nsheets = 2", r"template\.toml:17: page\.sheets: is no key here"),
        ('"A4", "Letter"', '"A4", "A3"', r"template\.toml:15: page\.sizes\[1\]: .*A3"),
        ("claims = 6", 'claims = "5"', r"template\.toml:23: limits\.claims: "),
        ("claims = 6", "claims = -1", r"template\.toml:23: limits\.claims: "),
        ("contested = 3", "", r"template\.toml:21: limits\.contested: is missing"),
        ('"title", "kicker"', '"title", "colour"', r"template\.toml:8: fields: .*colour"),
        ('"pdf", "html"', '"docx"', r"template\.toml:4: formats\[0\]: .*docx"),
        ('"en", "de"', '"en", "tlh"', r"template\.toml:5: languages: .*tlh"),
    ],
)
def test_wrong_contract_names_file_line_and_key(folder, old, new, message):
    """Each mistake in a contract is told with its file, its line and its key."""
    path = folder / "template.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(TemplateError, match=message):
        load(str(folder))


@pytest.mark.parametrize("part", ["brief.html.j2", "print.css", "screen.css"])
def test_missing_file_is_named(folder, part):
    """A template without one of its files does not load."""
    (folder / part).unlink()
    with pytest.raises(TemplateError, match=f"has no {part}"):
        load(str(folder))


def test_everything_is_escaped(folder):
    """Markup in a brief's field comes out as text; the styles are ours and come out as they are."""
    html = rendered(folder, "<style>{{ styles }}</style>{{ brief.title }}", styles="a > b {}")
    assert html == "<style>a > b {}</style>A &lt;b&gt;title&lt;/b&gt; &amp; more"


def test_styles_cannot_close_their_element(folder):
    """Styles that would end the style element are refused."""
    with pytest.raises(TemplateError, match="closing style tag"):
        rendered(folder, "<style>{{ styles }}</style>", styles="</STYLE ><script>")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("\n{{ brief.title|safe }}", r"brief\.html\.j2:2: .*safe"),
        ("\n\n{% autoescape false %}x{% endautoescape %}", r"brief\.html\.j2:3: escaping"),
        ("a\n{% if %}", r"brief\.html\.j2:2: "),
        ("{% for x in y %}", r"brief\.html\.j2:1: "),
    ],
)
def test_bad_source_does_not_load(folder, source, message):
    """What cannot be parsed, or would print unescaped text, is told with file and line."""
    with pytest.raises(TemplateError, match=message):
        rendered(folder, source)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("\n\n{{ brief.colour }}", r"brief\.html\.j2:3: .*colour"),
        ("\n{{ nobody }}", r"brief\.html\.j2:2: .*nobody"),
        ("\n{{ brief.colour|unquoted }}", r"brief\.html\.j2:2: .*colour"),
        ("\n{{ 1 // 0 }}", r"brief\.html\.j2:2: "),
        ("\n{{ brief.title.__class__.__mro__ }}", r"brief\.html\.j2:2: .*__class__"),
        ("\n{{ brief.sources.append(1) }}", r"brief\.html\.j2:2: "),
        ("\n{% include '../../etc/passwd' %}", r"brief\.html\.j2:2: "),
        ("\n{% include 'no-such.j2' %}", r"brief\.html\.j2:2: .*no-such"),
        ("{% macro a() %}\n{{ b }}\n{% endmacro %}\n{{ a() }}", r"brief\.html\.j2:2: .*'b'"),
    ],
)
def test_failing_template_names_file_and_line(folder, source, message):
    """Undefined names, forbidden access and missing files are told with file and line."""
    with pytest.raises(TemplateError, match=message):
        rendered(folder, source)


def test_failing_part_is_named_itself(folder):
    """An error in an included file is told with that file."""
    (folder / "foot.j2").write_text("\n{{ nobody }}")
    with pytest.raises(TemplateError, match=r"foot\.j2:2: "):
        rendered(folder, "{% include 'foot.j2' %}")


def test_changed_template_is_read_again(folder):
    """Somebody who edits a template sees the change in the same process."""
    import os

    assert rendered(folder, "one") == "one"
    (folder / "brief.html.j2").write_text("two")
    os.utime(folder / "brief.html.j2", (1, 1))
    assert render_template(load(str(folder)), BRIEF, page="A4") == "two"


def test_page_and_language_must_be_known(folder):
    """A page size or language that the template lacks is refused."""
    from dataclasses import replace

    spec = load(str(folder))
    with pytest.raises(TemplateError, match="no page size A5"):
        render_template(spec, BRIEF, page="A5")
    with pytest.raises(TemplateError, match="cannot be set in eo") as caught:
        render_template(spec, replace(BRIEF, language="eo"), page="A4")
    assert "`languages`" in caught.value.hint


def test_asset_comes_from_the_folder(folder):
    """A template's own picture becomes a `data:` address; other files are refused."""
    (folder / "dot.svg").write_text("<svg/>")
    assert rendered(folder, "{{ asset('dot.svg') }}") == "data:image/svg+xml;base64,PHN2Zy8+"
    (folder.parent / "out.svg").write_text("<svg/>")
    (folder / "link.svg").symlink_to(folder.parent / "out.svg")
    for name in ("../out.svg", "link.svg", "/etc/hostname"):
        with pytest.raises(TemplateError, match="outside the template"):
            rendered(folder, f"{{{{ asset('{name}') }}}}")
    with pytest.raises(TemplateError, match="of this type"):
        rendered(folder, "{{ asset('template.toml') }}")
    with pytest.raises(TemplateError, match="is missing"):
        rendered(folder, "{{ asset('no.svg') }}")


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("https://a.example/x", "True"),
        ("http://a.example", "True"),
        ("javascript:alert(1)", "False"),
        ("data:text/html,x", "False"),
        ("https:///x", "False"),
        ("//a.example", "False"),
        ("http://[", "False"),
        ("", "False"),
    ],
)
def test_web_address(folder, address, answer):
    """Only http and https addresses with a host may become links."""
    assert rendered(folder, f"{{{{ '{address}' is web_address }}}}") == answer


def test_unquoted_leaves_double_marks_to_quotations(folder):
    """A string that is no quotation loses its double marks."""
    assert rendered(folder, "{{ 'A “fair” share'|unquoted }}") == "A ‘fair’ share"


@pytest.mark.parametrize("name", names())
def test_template_prints_its_example(name):
    """Each shipped template renders its `example.json` on the pages that it promises."""
    spec = load(name)
    example = (spec.folder / "example.json").read_bytes()
    findings = load_findings(example, where="example.json")
    leave = Mail(unsubscribe="https://desk.example/leave")
    publication = Printer(Edition(name, mail=leave)).publish(findings, spec.formats)
    assert publication.brief.claims or publication.brief.items
    assert not publication.warnings
    with pikepdf.open(io.BytesIO(publication.files["brief.pdf"])) as pdf:
        assert len(pdf.pages) <= spec.pages

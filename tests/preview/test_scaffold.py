"""A new template: whole from the first, and nothing that was there is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.codec import load_findings
from briefing.errors import OutputError, TemplateError
from briefing.inspection import check
from briefing.publishing import Edition, Printer
from briefing.templating import load
from briefing.templating.scaffold import new

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_template_is_whole(tmp_path: Path) -> None:
    """It loads under its own title, passes every check and prints its example."""
    folder = new("quay-note", tmp_path / "templates")
    assert folder == tmp_path / "templates" / "quay-note"
    assert [path.name for path in folder.parent.iterdir()] == ["quay-note"]
    spec = load(str(folder))
    assert spec.title == "Quay note"
    # Which scripts have a font is this machine's affair.
    assert [one for one in check(str(folder)) if one.severity == "error"] == []
    example = folder / "example.json"
    findings = load_findings(example.read_bytes(), where=str(example))
    publication = Printer(Edition(template=str(folder))).publish(findings, spec.formats)
    assert publication.pages == 1
    assert publication.warnings == ()


def test_a_new_template_has_the_formats_that_its_contract_tells_of(tmp_path: Path) -> None:
    """JSON can always be had; Markdown takes no file, but must be named."""
    folder = new("quay-note", tmp_path)
    example = folder / "example.json"
    findings = load_findings(example.read_bytes(), where=str(example))
    with pytest.raises(TemplateError, match="has no format md"):
        Printer(Edition(template=str(folder))).publish(findings, ("md",))
    contract = folder / "template.toml"
    text = contract.read_text("utf-8")
    assert '"md" takes no file: name it here' in " ".join(text.replace("\n#", "").split())
    contract.write_text(text.replace('formats = ["pdf", ', 'formats = ["md", "pdf", '), "utf-8")
    files = Printer(Edition(template=str(folder))).publish(findings, ("md", "json")).files
    assert set(files) == {"brief.md", "brief.json"}


@pytest.mark.parametrize(
    "name", ["", "Quay", "quay note", "../quay", "-quay", "quay-", "1quay", "quay/", "q" * 61, "ö"]
)
def test_a_name_that_will_not_do_is_refused(tmp_path: Path, name: str) -> None:
    """Names are folders, and stand on command lines."""
    with pytest.raises(TemplateError, match="cannot be a template's name"):
        new(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_stays(tmp_path: Path) -> None:
    """Neither a folder nor a template of that name is touched."""
    (tmp_path / "quay-note").mkdir()
    with pytest.raises(OutputError, match="is there already"):
        new("quay-note", tmp_path)
    with pytest.raises(TemplateError, match="known already"):
        new("one-page", tmp_path)
    assert list((tmp_path / "quay-note").iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A file in the way of the folder, for one."""
    (tmp_path / "templates").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        new("quay-note", tmp_path / "templates")

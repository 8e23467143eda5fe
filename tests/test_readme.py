"""What the README shows of configuration works as it stands there; a stub stands in for the models."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import call, left

README = Path(__file__).parents[1] / "README.md"
STORIES = {
    "harbour/note.txt": "The harbour board says that the dues will rise by 4 percent in May.",
    "harbour/reply.txt": "Jona Speer writes that the dues are too high for small boats.",
    "feeds/ministry.xml": (
        '<rss version="2.0"><channel><title>Ministry</title><item><title>Dues</title>'
        "<description>The ministry says that it will look at the dues again.</description>"
        "</item></channel></rss>"
    ),
    "ferries/fares.txt": "The line says that fares will go up. Runa Holt calls the fares unfair.",
    "ferries/night.txt": "The council says that it wants night boats back before the winter.",
}


def example(heading: str) -> str:
    """The first piece of TOML below a heading."""
    _, _, rest = README.read_text("utf-8").partition(f"\n### {heading}\n")
    found = re.search(
        r"^```toml\n(.*?)^```$", rest.partition("\n### ")[0], re.DOTALL | re.MULTILINE
    )
    assert found, f"the README has no TOML under {heading}"
    return found[1]


@pytest.fixture(autouse=True)
def _piles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with sources such as the examples name."""
    monkeypatch.chdir(tmp_path)
    for name, text in STORIES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")


def test_the_example_of_settings_makes_a_brief() -> None:
    """Every key of the file is taken, by the command that it is for."""
    Path("briefing.toml").write_text(example("Settings"), "utf-8")
    result = call("make", "harbour", "--model", "stub", "-o", "out")
    assert result.exit_code == 0, result.stderr
    assert [name for name in left(Path("out")) if name[0] != "."] == ["brief.html", "brief.pdf"]
    page = Path("out/brief.html").read_text("utf-8")
    assert "For internal use" in page
    assert "plum" in page
    Path("plan.toml").write_text(example("Batches"), "utf-8")
    result = call("batch", "plan.toml", "--dry-run")
    assert result.exit_code == 0, result.stderr


def test_the_example_of_a_plan_makes_all_its_briefs() -> None:
    """A brief for each topic and audience, and an issue for each audience."""
    plan = example("Batches")
    plan = plan.replace("[defaults]", '[defaults]\nmodel = "stub"', 1).replace(
        'formats = ["pdf", "html"]', 'formats = ["html"]', 1
    )
    Path("plan.toml").write_text(plan, "utf-8")
    result = call("batch", "plan.toml", "-o", "out", "--executor", "serial")
    assert result.exit_code == 0, result.output
    assert len(list(Path("out/briefs").iterdir())) == 5
    assert len(list(Path("out/newsletters").glob("*/brief.eml"))) == 2
    for name in ("manifest.jsonl", "report.html", "feed.json"):
        assert Path("out", name).is_file()


@pytest.mark.parametrize("template", ["newsletter", "press-digest"])
def test_the_templates_for_other_formats_have_them(template: str) -> None:
    """What the README names for e-mail and Markdown can be had, and not of the default."""
    text = README.read_text("utf-8")
    (useful,) = re.findall(r"^Useful options of `make`:.*?\n\n", text, re.DOTALL | re.MULTILINE)
    assert f"-t {template}" in useful
    arguments = ("make", "harbour", "--model", "stub", "-o", "out", "--format", "md,eml")
    assert call(*arguments, "-t", template).exit_code == 0
    assert call(*arguments).exit_code == 2

"""Figures as tables, and on record beside the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from briefing.errors import SettingsError
from briefing.evaluate import scores
from briefing.evaluate.bootstrap import Figure
from briefing.evaluate.report import Part, Row, Table, changes, markdown
from briefing.evaluate.scores import BEGIN, END, FORMAT, Scores

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"model.safetensors": "a" * 64, "config.json": "b" * 64}


def part(name: str, value: float) -> Part:
    """A part with one table."""
    rows = (Row("the reader", {"source": Figure(value, value - 1, value + 1)}), Row("a peer", {}))
    return Part(name, (Table("News, F1", ("source",), rows, {"articles": 1200}, "Exact spans."),))


def of(*parts: Part, files: dict[str, str] = FILES) -> Scores:
    """Scores of those parts."""
    return Scores(
        FORMAT, files, {"briefing": "0.1"}, {part.name: "c" * 64 for part in parts}, parts
    )


def test_tables_in_markdown() -> None:
    """Counts stand with the title, what is counted below; what was left out is told."""
    left_out = Part("pronouns", (), ("nobody resolves them.",))
    assert markdown([part("attribution", 60.0), left_out]) == snapshot("""\
### Attribution

**News, F1** (1,200 articles)

|            | source            |
| ---------- | ----------------- |
| the reader | 60.0 [59.0, 61.0] |
| a peer     |                   |

Exact spans.

### Pronouns

Not measured: nobody resolves them.\
""")


def test_only_what_moved_is_told() -> None:
    """A change of less than a tenth is none."""
    before = [part("attribution", 60.0), part("hedges", 50.0)]
    now = [part("attribution", 61.0), part("hedges", 50.04), part("claims", 3.0)]
    assert changes(before, now) == [
        "attribution, News, F1, the reader, source: 60.0 → 61.0 [60.0, 62.0]"
    ]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """The file holds the figures, the page the tables, and all else on the page stays."""
    (tmp_path / "README.md").write_text(f"# Reader\n{BEGIN}\nold\n{END}\nAfter.\n", "utf-8")
    measured = of(part("attribution", 60.0))
    for _ in range(2):
        assert scores.write(tmp_path, measured) == (
            tmp_path / "scores.json",
            tmp_path / "README.md",
        )
        assert scores.load(tmp_path) == measured
        page = (tmp_path / "README.md").read_text("utf-8")
        assert page == f"# Reader\n{BEGIN}\n\n{scores.tables(measured)}\n\n{END}\nAfter.\n"
    assert "old" not in page
    assert f"`model.safetensors` {'a' * 12}. Versions: briefing 0.1." in page


def test_a_page_without_marks_is_left_alone(tmp_path: Path) -> None:
    """Without a place for the tables nothing is written."""
    (tmp_path / "README.md").write_text("# Reader\n", "utf-8")
    with pytest.raises(SettingsError, match="has no lines"):
        scores.allow(None, FILES, tmp_path, ("attribution",), ("attribution",))
    with pytest.raises(SettingsError, match="has no lines"):
        scores.write(tmp_path, of(part("attribution", 60.0)))
    assert scores.load(tmp_path) is None


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    """A file that holds no scores is an error that says how to make one."""
    (tmp_path / "scores.json").write_text("{}", "utf-8")
    with pytest.raises(SettingsError, match="cannot be read") as caught:
        scores.load(tmp_path)
    assert "--write" in caught.value.hint


def test_parts_of_the_same_weights_are_kept() -> None:
    """What was not measured again stays; what was is replaced."""
    before = of(part("attribution", 60.0), part("hedges", 50.0))
    merged = scores.merge(before, of(part("hedges", 55.0)), ("attribution", "hedges"))
    assert merged.parts == (part("attribution", 60.0), part("hedges", 55.0))
    assert set(merged.data) == {"attribution", "hedges"}
    assert merged.part("hedges") == part("hedges", 55.0)


@pytest.mark.parametrize("before", [None, of(part("attribution", 60.0), files={"other": "d"})])
def test_figures_of_other_weights_are_never_mixed_in(
    tmp_path: Path, before: Scores | None
) -> None:
    """Without scores of the same weights every part must be measured."""
    every = ("attribution", "hedges")
    with pytest.raises(SettingsError, match="no scores of these weights for attribution"):
        scores.allow(before, FILES, tmp_path, ("hedges",), every)
    now = of(part("hedges", 55.0))
    assert scores.merge(before, now, every) == now
    (tmp_path / "README.md").write_text(f"{BEGIN}\n{END}\n", "utf-8")
    scores.allow(before, FILES, tmp_path, every, every)
    scores.allow(of(part("attribution", 60.0)), FILES, tmp_path, ("hedges",), every)


def test_scores_know_their_weights_and_data(tmp_path: Path) -> None:
    """Gathered scores carry the digests of the shipped model and of the sets."""
    (tmp_path / "quays.jsonl.gz").write_bytes(b"quays")
    files = scores.files_of(scores.model_folder())
    found = scores.gather([], files, tmp_path, ["quays", "quays"])
    assert found.measured_on(files)
    assert list(found.data) == ["quays"]
    assert found.versions["precision"] in ("bf16", "int8", "fp32")

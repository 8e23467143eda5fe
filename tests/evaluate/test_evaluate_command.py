"""`python -m briefing.evaluate`: what it measures of invented texts, and what it refuses."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from briefing.errors import ModelError
from briefing.evaluate import scores, speed
from briefing.evaluate.__main__ import MODELS, PARTS, SUPPORT, Model, evaluate, main
from briefing.evaluate.bootstrap import Figure
from briefing.evaluate.report import Part, Row, Table
from briefing.evaluate.seams import Reader, Support
from briefing.pipeline import Desk
from briefing.reader.encoder import Encoder
from briefing.settings import Settings
from briefing.support.stub import StubScorer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.evaluate.seams import Vectors

NEWS = "Ada Foll said that the quay would close in May. Perhaps the guild will object to it."
DEBATE = [("FOLL", "Dues rose by 12 per cent last year.", 1), ("ROKE", "Thank you all.", 0)]


def span(words: str) -> list[int]:
    """Where words stand in the news."""
    return [NEWS.index(words), NEWS.index(words) + len(words)]


ATTRIBUTION = {"source": [span("Ada Foll")], "cue": [span("said")], "content": [[14, 46]]}
SETS: dict[str, list[dict[str, Any]]] = {
    "polnear": [
        {
            "text": NEWS,
            "attributions": [ATTRIBUTION],
            "alternates": [[ATTRIBUTION]],
        }
    ],
    "claims_claimbuster": [
        {"sentence": sentence, "label": label, "block": 5} for _, sentence, label in DEBATE
    ],
    "claims_clef": [
        {"sentences": [{"speaker": s, "sentence": t, "label": n} for s, t, n in DEBATE * 3]}
    ],
    "coref_gap": [
        {
            "text": "Ada Foll left the quay. She was late.",
            "pronoun": [24, 27],
            "candidates": [{"span": [0, 8], "coref": True}, {"span": [14, 22], "coref": False}],
        }
    ],
    "hedge_bioscope": [{"text": NEWS, "hedges": [span("Perhaps")]}],
    "docs_whitehouse": [],
    "sum_cnndm": [],
    "sum_xsum": [],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with sets of one or two invented records a part."""
    for name, records in SETS.items():
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as lines:
            for split in ("train", "dev"):
                for number, record in enumerate(records):
                    key = {"id": f"{name}-{split}-{number}", "split": split}
                    lines.write(json.dumps(record | key) + "\n")
    return tmp_path


@pytest.mark.reader
def test_measuring_invented_texts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each part prints its tables, the reader's row first, with peers below."""
    only = "hedges,attribution,pronouns,claims"
    assert main(["--data", str(folder), "--only", only, "--limit", "2"]) == 0
    printed = capsys.readouterr().out
    headings = [line for line in printed.splitlines() if line.startswith("###")]
    assert headings == ["### Attribution", "### Claims", "### Pronouns", "### Hedges"]
    for row in ("the reader", "rules alone", "tagger alone", "a second person", "claims"):
        assert f"| {row}" in printed
    assert "1 articles, 1 attributions" in printed
    assert "Changed since" not in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--data", "nowhere"], "no folder with the data at nowhere"),
        (["--write", "--limit", "3"], "not put on record"),
        (["--data", ".", "--only", "hedges"], "has no hedge_bioscope.jsonl.gz"),
    ],
)
def test_what_is_refused(
    arguments: list[str], told: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A wrong call ends with 2 and says what is wrong, before anything is measured."""
    assert main(arguments) == 2
    assert told in caplog.text
    assert "Hint: " in caplog.text


@pytest.mark.parametrize("limit", ["0", "-1", "some"])
def test_a_limit_is_at_least_one(limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A limit that leaves nothing to read is refused."""
    with pytest.raises(SystemExit, match="2"):
        main([f"--limit={limit}"])
    assert f"{limit} is not a number from 1 on" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told", "known"),
    [
        (["--only", "hedges,tone"], "no part tone", PARTS),
        (["--model", "support", "--only", "hedges"], "no part hedges", SUPPORT),
        (["--model", "other"], "'other'", MODELS),
    ],
)
def test_what_is_unknown_is_refused(
    arguments: list[str], told: str, known: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The parts that a model has get listed, and the models that there are."""
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    error = capsys.readouterr().err
    assert told in error
    assert all(name in error for name in known)


def test_each_model_has_parts_of_its_own() -> None:
    """What a model is measured with is made without loading anything."""
    assert [*MODELS] == ["reader", "support"]
    assert isinstance(MODELS["reader"].opened(), Reader)
    assert isinstance(MODELS["support"].opened(), Support)
    parts = {name: part for model in MODELS.values() for name, part in model.parts.items()}
    assert [name for name, part in parts.items() if not part.SETS] == ["contrasts"]


def test_a_part_of_another_model(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its sets are asked for, and its part measured."""
    assert main(["--data", str(folder), "--model", "support", "--only", "focus"]) == 2
    turns = [{"speaker": "Ada Foll", "text": f"{NEWS} " * 9}, {"speaker": "Roke", "text": NEWS}]
    record = {
        "id": "m",
        "split": "dev",
        "turns": turns,
        "queries": [{"query": "What did Roke say?", "turn_spans": [[1, 1]]}],
    }
    with gzip.open(folder / "meetings_qmsum.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps(record) + "\n")
    encoder, model = Blind(), MODELS["support"]
    opened = Model(model.parts, lambda: Support(encoder=encoder))
    place = scores.model_folder()
    evaluate(folder, ("focus",), 1, write=False, name="support", model=opened, place=place)
    assert "1 meetings, 2 turns, 1 questions" in capsys.readouterr().out


class Blind:
    """Vectors that are all the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        import numpy as np

        return np.ones((len(texts), 1), dtype=np.float32)


@dataclass
class Told:
    """A head that measures what it is told to."""

    value: float
    SETS = ("hedge_bioscope",)

    def measure(self, reader: Reader, folder: Path, limit: int | None = None) -> Part:  # noqa: ARG002 - of the protocol
        rows = (Row("the reader", {"F1": Figure(self.value)}),)
        return Part("told", (Table("Told", ("F1",), rows),))


def test_figures_are_put_on_record_and_compared(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is written is what the next call compares with."""
    model = tmp_path / "model"
    model.mkdir()
    shutil.copy(scores.model_folder() / "model.toml", model)
    (model / "README.md").write_text(f"{scores.BEGIN}\n{scores.END}\n", "utf-8")
    for value, told in (
        (60.0, None),
        (60.0, "nothing"),
        (61.0, "told, Told, the reader, F1: 60.0 → 61.0"),
    ):
        told_parts = Model({"told": Told(value)}, Reader)
        evaluate(folder, ("told",), None, write=value == 60.0, model=told_parts, place=model)
        changed = capsys.readouterr().out.partition("on record:\n")[2].strip()
        assert changed == (told or "")
    on_record = scores.load(model)
    assert on_record is not None
    assert on_record.part("told") == Told(60.0).measure(Reader(), folder)
    assert "60.0" in (model / "README.md").read_text("utf-8")


def test_the_bulk_interface_with_the_stub() -> None:
    """Answers come back as records, one a text; an error among them stops the measuring."""
    reader = Reader(Desk(Settings(model="stub")))
    (answer,) = reader.extract([NEWS])
    assert len(answer["sentences"]) == 2
    assert reader.summarise([[NEWS, NEWS]], sentences=1) == [[(0, 0, 47)]]
    assert len(reader.rate(["Dues rose by 12 per cent.", "No."])) == 2
    assert reader.resolver is None

    class Deaf(Desk):
        def readings(self, documents: Any) -> Any:  # noqa: ARG002 - of the desk
            raise OSError("no ears")

    with pytest.raises(ModelError, match="text 0: OSError: no ears"):
        Reader(Deaf(Settings(model="stub"))).extract([NEWS])


@pytest.mark.reader
def test_what_was_handed_in_is_measured() -> None:
    """Else the shipped networks, loaded when they are first asked for."""
    encoder, scorer = Blind(), StubScorer()
    assert Support(encoder=encoder).encoder is encoder
    assert Support(scorer=scorer).scorer is scorer
    shipped = Support()
    assert isinstance(shipped.encoder, Encoder)
    assert shipped.encoder is shipped.encoder


@pytest.mark.reader
def test_speed_is_told_beside_a_bare_run() -> None:
    """The whole reader takes longer than its models, and those longer than one bare pass."""
    found = speed.take_times([f"{NEWS} " * 20])
    assert found.words == 20 * len(NEWS.split())
    assert found.peak_mb > 50
    rows = {row.name: row.figures for row in speed.rows(found)}
    assert rows[speed.BARE][speed.SHARE].value == 100.0
    assert next(iter(rows)) == speed.WHOLE
    assert speed.LOAD in rows[speed.WHOLE]

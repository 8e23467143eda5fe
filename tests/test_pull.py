"""Fetching models, with a hub that is made up: no network is used."""

from __future__ import annotations

import errno
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import huggingface_hub
import pytest
from huggingface_hub import ModelCardData, constants, errors

from briefing import hub
from briefing.errors import ModelError

# Of whatever library for the network the hub's has chosen.
UNREACHED: type[Exception] = vars(errors)["HTTPError"]
NAME = "brink/tiny-writer"
COMMIT = "c0ffee" * 6 + "c0ff"
SIZES = {
    "LICENSE": 1_000,
    "README.md": 2_000,
    "config.json": 700,
    "consolidated.safetensors": 90_000_000,
    "flax_model.msgpack": 90_000_000,
    "handler.py": 100,
    "merges.txt": 300,
    "model-00001-of-00002.safetensors": 60_000_000,
    "model-00002-of-00002.safetensors": 30_000_000,
    "model.fp16.safetensors": 45_000_000,
    "model.safetensors.index.json": 900,
    "onnx/model.json": 10,
    "pytorch_model.bin": 90_000_000,
    "spiece.model": 100,
    "tokenizer.json": 5_000,
    "training_args.bin": 100,
}
FETCHED = (
    "LICENSE",
    "README.md",
    "config.json",
    "merges.txt",
    "model-00001-of-00002.safetensors",
    "model-00002-of-00002.safetensors",
    "model.safetensors.index.json",
    "spiece.model",
    "tokenizer.json",
)


@dataclass
class Hub:
    """Answers as the hub's library does."""

    cache: Path
    sizes: dict[str, int] = field(default_factory=lambda: dict(SIZES))
    licence: Any = "apache-2.0"
    commit: str = COMMIT
    failure: Exception | None = None
    asked: list[dict[str, Any]] = field(default_factory=list)

    def model_info(self, _: str, *, files_metadata: bool) -> Any:
        """What is known of a model."""
        assert files_metadata
        if self.failure:
            raise self.failure
        files = [SimpleNamespace(rfilename=file, size=size) for file, size in self.sizes.items()]
        card = ModelCardData(license=self.licence) if self.licence else None
        return SimpleNamespace(sha=COMMIT, siblings=files, card_data=card)

    def snapshot_download(self, _: str, **given: Any) -> str:
        """Fetch, and tell of two bars, as the library does."""
        if self.failure:
            raise self.failure
        self.asked.append(given)
        wire, disk, files = (given["tqdm_class"](unit=unit, total=0) for unit in ("B", "B", "it"))
        for done in (40, 60):
            wire.update(done - 10)
            disk.update(done)
            files.update(1)
        wire.set_description_str("done")
        disk.close()
        return str(self.cache / "snapshots" / self.commit)


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    """The hub, made up; nothing forbids the network."""
    made = Hub(tmp_path)
    monkeypatch.setattr(huggingface_hub, "HfApi", lambda: made)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", made.snapshot_download)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    return made


def answer(code: int) -> Any:
    request = SimpleNamespace(method="GET", url="https://hub.example")
    return SimpleNamespace(status_code=code, headers={}, request=request)


def test_the_plan_tells_what_comes(made_up: Hub) -> None:
    """Address, version, licence and size are known before anything is fetched."""
    plan = hub.plan(NAME)
    assert plan.address == f"https://huggingface.co/{NAME}"
    assert (plan.commit, plan.licence) == (COMMIT, "apache-2.0")
    assert plan.files == FETCHED
    assert plan.size_bytes == sum(SIZES[file] for file in FETCHED)
    assert made_up.asked == []
    told = plan.told()
    for words in (NAME, "c0ffeec", plan.address, "apache-2.0", "90.0 MB in 9 files"):
        assert words in told


def test_no_pickle_or_code_is_fetched() -> None:
    """Files that could run something stay where they are, whatever they are called."""
    files = ("model.bin", "x.pt", "model.py", "README.py", "LICENSE.sh", "a/config.json", "b.json")
    assert hub.wanted(files) == ("b.json",)


def test_pull_fetches_what_was_agreed(made_up: Hub) -> None:
    """Exactly the planned files, and progress in bytes that never goes back."""
    seen: list[tuple[str, int, int]] = []
    plan = hub.plan(NAME)
    pulled = hub.pull(plan, lambda *each: seen.append(each))
    assert pulled == hub.Pulled(
        NAME, COMMIT, "apache-2.0", made_up.cache / "snapshots" / COMMIT, plan.size_bytes
    )
    assert tuple(made_up.asked[0]["allow_patterns"]) == FETCHED
    assert [done for _, done, _ in seen] == [30, 40, 80, 100]
    assert {(stage, total) for stage, _, total in seen} == {("fetching", plan.size_bytes)}
    hub.pull(plan)


def test_a_model_that_changed_meanwhile(made_up: Hub) -> None:
    """What was not agreed to is not taken for it."""
    plan = hub.plan(NAME)
    made_up.commit = "beef"
    with pytest.raises(ModelError, match="was changed on the hub while it was fetched"):
        hub.pull(plan)


def test_a_model_without_safe_weights(made_up: Hub) -> None:
    """Weights that are only there as a pickle are not fetched."""
    made_up.sizes = {"config.json": 1, "pytorch_model.bin": 2}
    with pytest.raises(ModelError, match="has no weights in safetensors"):
        hub.plan(NAME)


@pytest.mark.parametrize(
    ("card", "licence"),
    [
        (None, ""),
        ({"license": "mit"}, "mit"),
        ({"license": ["mit", "cc-by-4.0"]}, "mit, cc-by-4.0"),
        ({"license": "other", "license_name": "quill-1", "license_link": "https://q.example"}, "quill-1 https://q.example"),
        ({"license": "other"}, "other"),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_licence_is_the_cards(card: dict[str, Any] | None, licence: str) -> None:
    """A licence of a model's own has a name, and an address of its text."""
    assert hub.licence(card and ModelCardData(**card)) == licence


def test_a_plan_without_licence_says_so(made_up: Hub) -> None:
    """Silence is no licence."""
    made_up.licence = None
    assert "none is named" in hub.plan(NAME).told()


@pytest.mark.parametrize(
    ("failure", "message", "hint"),
    [
        (errors.GatedRepoError("no", response=answer(403)), "agreed to its terms", "hf auth login"),
        (errors.RepositoryNotFoundError("no", response=answer(404)), "there is no model", "is there"),
        (errors.HfHubHTTPError("no", response=answer(503)), "the hub answers 503", "Try again later"),
        (UNREACHED("no route"), r"cannot be reached \(no route\)", "has a network"),
        (errors.LocalEntryNotFoundError("no route\nmore"), "cannot be reached", "has a network"),
        (ConnectionError(), r"cannot be reached \(ConnectionError\)", "has a network"),
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full", "HF_HOME"),
        (RuntimeError("data: No space left on device (os error 28)"), "the disk is full", "HF_HOME"),
        (PermissionError(errno.EACCES, "Permission denied"), "Permission denied", "may write"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told(
    made_up: Hub, failure: Exception, message: str, hint: str
) -> None:
    """Each failure of the hub, the network and the disk says what it is, and what to do."""
    plan = hub.plan(NAME)
    made_up.failure = failure
    for fetch in (lambda: hub.plan(NAME), lambda: hub.pull(plan)):
        with pytest.raises(ModelError, match=message) as caught:
            fetch()
        assert hint in caught.value.hint


def test_a_bug_keeps_its_traceback(made_up: Hub) -> None:
    """What is no failure of the hub is not told as one."""
    made_up.failure = TypeError("ours")
    with pytest.raises(TypeError, match="ours"):
        hub.plan(NAME)


def test_whoever_forbids_the_network_is_heard(
    made_up: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HF_HUB_OFFLINE stops even the command that fetches."""
    plan = hub.plan(NAME)
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for fetch in (lambda: hub.plan(NAME), lambda: hub.pull(plan)):
        with pytest.raises(ModelError, match="HF_HUB_OFFLINE forbids the network") as caught:
            fetch()
        assert caught.value.hint == "Unset HF_HUB_OFFLINE."


@pytest.mark.parametrize("name", ["", "a/b/c", "../secrets", "a..b", "https://hub.example/a"])
def test_what_is_no_name(made_up: Hub, name: str) -> None:
    """Only what can be a name is asked for."""
    with pytest.raises(ModelError, match="is no name of a model"):
        hub.plan(name)


def snapshot(home: Path, *files: str) -> Path:
    """A model in a cache, as the library lays it out."""
    place = home / ("models--" + NAME.replace("/", "--"))
    folder = place / "snapshots" / COMMIT
    folder.mkdir(parents=True)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(COMMIT)
    for file in files:
        (folder / file).touch()
    return folder


def test_a_cached_model_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was fetched is found without a network; what was not is nowhere."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    assert hub.cached(NAME) is None
    folder = snapshot(tmp_path, "config.json")
    assert hub.cached(NAME) == folder


def test_half_a_model_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fetch that was interrupted is found, so that what is missing can be named."""
    found = errors.IncompleteSnapshotError("half", snapshot_path=str(tmp_path))

    def fail(*_: object, **__: object) -> str:
        raise found

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fail)
    assert hub.cached(NAME) == tmp_path

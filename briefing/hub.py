"""Models of the Hugging Face hub: which lie in the local cache, and fetching one that was asked for.

In: the name of a model. Out: the folder of its files. `plan` and `pull` are the only functions of
the package that use a network without a server being named, and only `briefing models pull` calls
them. What is fetched is data: weights in safetensors, and text. Pickles and code are left where
they are.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.errors import ModelError
from briefing.offline import imported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Progress = Callable[[str, int, int], None]

NAME = re.compile(r"[\w][\w.-]*(?:/[\w][\w.-]*)?", re.ASCII)
WANTED = re.compile(
    r"model(?:-\d+-of-\d+)?\.safetensors|[^/]+\.(?:json|txt|model|spm|tiktoken|jinja)"
    r"|(?:LICEN[CS]E|NOTICE|README)[^/]*",
)
"""Files of the repository's top folder. Weights in other precisions and of other libraries lie
beside them under other names, and would be fetched in vain."""
CODE_OR_PICKLE = re.compile(
    r".*\.(?:py|bin|pt|pth|pkl|pickle|ckpt|h5|msgpack|so|sh)", re.IGNORECASE
)
WEIGHTS = re.compile(r"model(?:-\d+-of-\d+)?\.safetensors")
OTHER_LICENCE = "other"
OFFLINE_VARIABLES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


@dataclass(frozen=True, slots=True)
class Plan:
    """What fetching a model would bring.

    Attributes:
        name: Of the model.
        address: Where its page is.
        commit: Which version; hex.
        licence: As its card names it; empty if it names none.
        files: Their names.
        size_bytes: Of all files together.
        folder: Of the cache that they go to.
    """

    name: str
    address: str
    commit: str
    licence: str
    files: tuple[str, ...]
    size_bytes: int
    folder: Path

    def told(self) -> str:
        """The plan in a few lines, for whoever is to agree to it."""
        licence = self.licence or f"none is named; read {self.address}"
        return "\n".join(
            (
                f"model    {self.name}, version {self.commit[:7]}",
                f"from     {self.address}",
                f"licence  {licence}",
                f"size     {size(self.size_bytes)} in {len(self.files)} files",
                f"to       {self.folder}",
            )
        )


@dataclass(frozen=True, slots=True)
class Pulled:
    """A model that was fetched: `--model hf:NAME` finds it in `folder`."""

    name: str
    commit: str
    licence: str
    folder: Path
    size_bytes: int


def is_name(text: str) -> bool:
    """Whether a model of the hub can be called `text`: `NAME` or `OWNER/NAME`."""
    return NAME.fullmatch(text) is not None and ".." not in text


def cached(name: str) -> Path | None:
    """The folder of the model `name` in the local cache, or None; no network is used.

    A folder that lacks files is found as well: whoever opens it says which.
    """
    hub = imported("huggingface_hub")
    errors = imported("huggingface_hub.errors")
    try:
        return Path(hub.snapshot_download(name, local_files_only=True))
    except errors.LocalEntryNotFoundError as error:
        partial = getattr(error, "snapshot_path", None)
        return Path(partial) if partial else None


def plan(name: str) -> Plan:
    """What fetching `name` would bring. Asks the hub, and fetches nothing.

    Raises:
        ModelError: If there is no such model, it may not be had, it has no weights that are safe
            to open, or there is no network.
    """
    if not is_name(name):
        raise ModelError(
            f"{name} is no name of a model", hint="Names are like OWNER/NAME.", usage=True
        )
    _refuse_offline(name)
    hub, constants = imported("huggingface_hub"), imported("huggingface_hub.constants")
    with _told(name):
        info = hub.HfApi().model_info(name, files_metadata=True)
    sizes = {each.rfilename: each.size or 0 for each in info.siblings or ()}
    files = wanted(sizes)
    if not any(WEIGHTS.fullmatch(file) for file in files):
        raise ModelError(
            f"{name} has no weights in safetensors at {info.sha}",
            hint="Name a model that has; weights of other kinds could run code.",
        )
    return Plan(
        name=name,
        address=f"{constants.ENDPOINT}/{name}",
        commit=info.sha or "",
        licence=licence(info.card_data),
        files=files,
        size_bytes=sum(sizes[file] for file in files),
        folder=Path(constants.HF_HUB_CACHE),
    )


def pull(agreed: Plan, on_progress: Progress | None = None) -> Pulled:
    """Fetch what was agreed to into the cache that all programs of this kind share.

    What was fetched before an interruption is kept, and a second call goes on from there.

    Args:
        agreed: From `plan`.
        on_progress: Called with `fetching`, how many bytes are there, and how many there will be.

    Raises:
        ModelError: If it may not be had, the network fails, the disk is full, or the model was
            changed on the hub since it was planned.
    """
    _refuse_offline(agreed.name)
    hub = imported("huggingface_hub")
    with _told(agreed.name):
        found = hub.snapshot_download(
            agreed.name,
            allow_patterns=[escaped(file) for file in agreed.files],
            tqdm_class=_bar(on_progress, agreed.size_bytes),
        )
    folder = Path(found)
    if folder.name != agreed.commit:
        raise ModelError(
            f"{agreed.name} was changed on the hub while it was fetched",
            hint=f"briefing models pull {agreed.name}",
        )
    return Pulled(agreed.name, agreed.commit, agreed.licence, folder, agreed.size_bytes)


def wanted(files: Iterable[str]) -> tuple[str, ...]:
    """Those of a repository's `files` that are fetched, in alphabetical order."""
    return tuple(
        sorted(
            file for file in files if WANTED.fullmatch(file) and not CODE_OR_PICKLE.fullmatch(file)
        )
    )


def licence(card: Any) -> str:
    """What a model's card says of its licence: an identifier, or the name it gives to its own."""
    if card is None:
        return ""
    found = [card.get(key) for key in ("license", "license_name", "license_link")]
    named, own, link = (", ".join(each) if isinstance(each, list) else each for each in found)
    if named == OTHER_LICENCE:
        named = own or named
    return " ".join(str(each) for each in (named, link) if each)


def size(count_bytes: int) -> str:
    """A number of bytes for people."""
    unit, value = ("GB", count_bytes / 1e9) if count_bytes >= 1e9 else ("MB", count_bytes / 1e6)
    return f"{value:.1f} {unit}"


def escaped(file: str) -> str:
    """A pattern of file names that fits `file` alone."""
    return re.sub(r"([*?[])", r"[\1]", file)


def _refuse_offline(name: str) -> None:
    named = [each for each in OFFLINE_VARIABLES if os.environ.get(each)]
    if imported("huggingface_hub.constants").HF_HUB_OFFLINE:
        raise ModelError(
            f"{name} cannot be fetched: {' and '.join(named) or 'a setting'} forbids the network",
            hint=f"Unset {' and '.join(named)}." if named else "",
        )


def _bar(on_progress: Progress | None, total: int) -> type:
    """A class of progress bars that draws nothing and tells `on_progress` of the bytes."""
    base: Any = imported("tqdm.auto").tqdm
    there = 0.0

    class Told(base):  # type: ignore[misc]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **(kwargs | {"disable": True}))
            self._bytes = 0.0 if kwargs.get("unit") == "B" else None

        def update(self, n: float | None = 1) -> None:
            nonlocal there
            if self._bytes is not None and on_progress:
                self._bytes += n or 0
                # One bar counts what came over the wire, another what is on disk.
                there = max(there, self._bytes)
                on_progress("fetching", int(there), total)

    return Told


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn the errors of the hub, the network and the disk into messages."""
    errors = imported("huggingface_hub.errors")
    page = f"{imported('huggingface_hub.constants').ENDPOINT}/{name}"
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelError(
            f"{name} may be had only by those who agreed to its terms",
            hint=f"Agree to them at {page}, then: hf auth login",
        ) from error
    except errors.RepositoryNotFoundError as error:
        raise ModelError(
            f"there is no model {name} on the hub, or it is private",
            hint=f"See whether {page} is there; for a private one: hf auth login",
        ) from error
    # The library for the network differs by version; a helper in Rust raises RuntimeError.
    except (errors.HTTPError, errors.EntryNotFoundError, OSError, RuntimeError) as error:
        message, hint = _reason(error)
        raise ModelError(f"{name} cannot be fetched: {message}", hint=hint) from error


def _reason(error: BaseException) -> tuple[str, str]:
    """What went wrong, and what to do."""
    causes = list(_causes(error))
    for cause in causes:
        if getattr(cause, "errno", None) == ENOSPC or "No space left" in str(cause):
            return "the disk is full", "Make room, or set HF_HOME to a folder on another disk."
    for cause in causes:
        code = getattr(getattr(cause, "response", None), "status_code", None)
        if code:
            return f"the hub answers {code}", "Try again later."
    if any(isinstance(cause, PermissionError) for cause in causes):
        return first_line(error), "Set HF_HOME to a folder that you may write."
    hint = "See whether this machine has a network, or copy the model's folder from one that has."
    return f"the hub cannot be reached ({first_line(error)})", hint


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def first_line(error: BaseException) -> str:
    """What an error says in its first line, or its kind if it says nothing."""
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)

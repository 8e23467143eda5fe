"""Models of the transformers library, named `hf:NAME-OR-FOLDER`.

In: a folder, or the name of a model that was fetched before. Out: a writer. Nothing is fetched
here, whatever is missing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.errors import ModelError
from briefing.hub import cached, is_name

if TYPE_CHECKING:
    from briefing.writers.base import Writer

CONFIG = "config.json"
INDEX = "model.safetensors.index.json"
WEIGHTS = "model.safetensors"


def load(name: str) -> Writer:
    """Load the model `name`.

    Args:
        name: A folder, or the name of a model on the hub that lies in the local cache.

    Returns:
        A writer that summarises for an encoder–decoder model, a grounded one for a chat model.

    Raises:
        ModelError: If there is none, it is not whole, or it can do neither.
    """
    folder, title = find(name)
    check(folder)
    from briefing.writers.hf_model import HfModel, open_config, open_tokenizer

    if open_config(folder).is_encoder_decoder:
        from briefing.writers.hf_summariser import HfSummariser
        from briefing.writers.summarising import SummarisingWriter

        return SummarisingWriter(HfSummariser(HfModel(folder, "summariser"), title))
    if not open_tokenizer(folder).chat_template:
        raise ModelError(
            f"{name} is no chat model: its tokenizer has no chat template",
            hint="Name a model that was trained to follow instructions, or to summarise.",
        )
    from briefing.writers.grounded import GroundedWriter
    from briefing.writers.hf_chat import HfChat

    return GroundedWriter(HfChat(HfModel(folder, "chat"), title))


def find(name: str) -> tuple[Path, str]:
    """Where the model `name` lies, and what the colophon calls it.

    Raises:
        ModelError: If it is nowhere.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder, f"{folder.resolve().name} (hf)"
    if not is_name(name):
        raise ModelError(f"{name} is no folder", hint="Name a folder with a model.", usage=True)
    found = cached(name)
    if found is None:
        raise ModelError(
            f"{name}: there is no such folder, and no model of that name was fetched",
            hint=f"briefing models pull {name}",
            usage=True,
        )
    return found, f"{name} at {found.name[:7]} (hf)"


def check(folder: Path) -> None:
    """See that the model in `folder` is whole, before anything heavy is imported.

    Raises:
        ModelError: If a file is missing or broken; it is named.
    """
    read_json(folder / CONFIG)
    single, index = folder / WEIGHTS, folder / INDEX
    if single.is_file():
        files = [single]
    elif index.is_file():
        places = read_json(index).get("weight_map")
        names = sorted({str(each) for each in places.values()}) if isinstance(places, dict) else []
        if not names:
            raise ModelError(f"{index} names no weights", hint=HINT)
        files = [folder / each for each in names]
    else:
        raise ModelError(
            f"{single} is missing",
            hint="Weights are read from safetensors alone; those in .bin or .pt could run code.",
        )
    for file in files:
        check_weights(file)


HINT = "Fetch the model again, or name another."


def read_json(path: Path) -> dict[str, object]:
    """The JSON object in `path`.

    Raises:
        ModelError: If there is none.
    """
    try:
        found = json.loads(path.read_bytes())
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror or error}", hint=HINT) from error
    except ValueError as error:
        raise ModelError(f"{path} is no JSON: {error}", hint=HINT) from error
    if not isinstance(found, dict):
        raise ModelError(f"{path} holds no object", hint=HINT)
    return found


def check_weights(path: Path) -> None:
    """See that the safetensors file `path` has a sound header and all that it speaks of.

    Raises:
        ModelError: If it is missing, cut short or something else.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="np"):
            pass
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error}", hint=HINT) from error
    except SafetensorError as error:
        raise ModelError(f"{path} is broken: {error}", hint=HINT) from error

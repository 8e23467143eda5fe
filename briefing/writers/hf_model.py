"""A model of the transformers library, loaded: tokens in, tokens out, in batches.

In: a folder with a model, and numbers of tokens. Out: numbers of tokens, and whether the model
came to an end by itself. Nothing is fetched, no code of the model's own is run, and weights are
read from safetensors alone.
"""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from inspect import signature
from typing import TYPE_CHECKING, Any, Literal

from briefing.errors import ModelError
from briefing.offline import imported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch

Kind = Literal["summariser", "chat"]
Precision = Literal["bf16", "fp32"]

BATCH_TOKENS = {"cpu": 16_384, "mps": 16_384, "cuda": 131_072}
"""Most tokens run at once, padding included, by kind of processor."""
BATCH_ROWS = 64
SEED = 20
"""Where the model's own configuration asks for chance."""
NO_CODE = {"local_files_only": True, "trust_remote_code": False}


@dataclass(frozen=True, slots=True)
class Written:
    """Tokens that a model wrote; `finished` is False where their limit cut it off."""

    tokens: tuple[int, ...]
    finished: bool


class HfModel:
    """A model and its tokenizer; one a process.

    On the processor, loading sets torch to one thread in this process, as the reader does.

    Args:
        folder: With `config.json`, the tokenizer's files and weights.
        kind: What it is to do.
        precision: Of the layers; if None `bf16` where the processor multiplies it natively, else
            `fp32`. Rows that are run together then differ in their last bits from rows run alone.

    Attributes:
        tokenizer: As the library has it.
        config: The model's configuration, as the library has it.
        network: The layers, likewise.

    Raises:
        ModelError: If it cannot be loaded.
    """

    def __init__(self, folder: Path, kind: Kind, *, precision: Precision | None = None) -> None:
        import torch

        transformers = imported("transformers")
        self._device = device()
        if self._device == "cpu":
            torch.set_num_threads(1)
        automatic = {
            "summariser": transformers.AutoModelForSeq2SeqLM,
            "chat": transformers.AutoModelForCausalLM,
        }
        precision = precision or native_precision(self._device)
        self.tokenizer = open_tokenizer(folder)
        with quietly(), _told(folder):
            model, report = automatic[kind].from_pretrained(
                folder,
                dtype=torch.bfloat16 if precision == "bf16" else torch.float32,
                use_safetensors=True,
                output_loading_info=True,
                **NO_CODE,
            )
        # The library fills what is missing with chance.
        lacking = sorted(map(str, (*report["missing_keys"], *report["mismatched_keys"])))
        if lacking:
            raise ModelError(
                f"{folder}: the weights lack {lacking[0]}"
                + (f" and {len(lacking) - 1} more" if lacking[1:] else ""),
                hint="Fetch the model again, or name another.",
            )
        self.network = model.to(self._device).eval()
        self.config: Any = model.config
        self._own = deepcopy(model.generation_config)
        self._marked = "global_attention_mask" in signature(model.forward).parameters

    def defaults(self) -> Any:
        """The model's own settings for generation; a copy to change."""
        settings = deepcopy(self._own)
        settings.use_cache = True
        if settings.eos_token_id is None:
            settings.eos_token_id = self.tokenizer.eos_token_id
        marks = (self.tokenizer.pad_token_id, *end_marks(settings.eos_token_id), 0)
        if settings.pad_token_id is None:
            settings.pad_token_id = next(each for each in marks if each is not None)
        return settings

    def write(self, rows: Sequence[Sequence[int]], settings: Any) -> list[Written | ModelError]:
        """Go on from each of `rows`; one result each, in their order.

        Rows of like length are run together. One that the memory cannot hold even alone is an
        error in its place.

        Args:
            rows: Numbers of tokens, with all marks that the model needs.
            settings: A `GenerationConfig` with `max_new_tokens`.
        """
        results: dict[int, Written | ModelError] = {}
        for batch in batches([len(row) for row in rows], settings, BATCH_TOKENS[self._device]):
            written = self._run([rows[index] for index in batch], settings)
            results.update(zip(batch, written, strict=True))
        return [results[index] for index in range(len(rows))]

    def _run(self, rows: Sequence[Sequence[int]], settings: Any) -> list[Written | ModelError]:
        import torch

        try:
            return [*self._written(rows, settings)]
        except torch.OutOfMemoryError:
            pass  # the memory is given back once the error is gone
        if len(rows) == 1:
            message = f"a text of {len(rows[0])} tokens does not fit the memory of {self._device}"
            return [ModelError(message, hint="Name a smaller model.")]
        half = len(rows) // 2
        return [*self._run(rows[:half], settings), *self._run(rows[half:], settings)]

    def _written(self, rows: Sequence[Sequence[int]], settings: Any) -> Iterator[Written]:
        import torch

        whole = bool(self.config.is_encoder_decoder)
        given = self._padded(rows, left=not whole)
        if settings.do_sample:
            torch.manual_seed(SEED)
        with torch.inference_mode(), quietly():
            # Else the library fills what is unset with what the model's own settings say.
            self.network.generation_config = settings
            out = self.network.generate(**given, generation_config=settings)
        # A decoder of its own begins with one mark; a model without one repeats its input.
        start = 1 if whole else given["input_ids"].shape[1]
        ends = end_marks(settings.eos_token_id)
        for row in out[:, start:].tolist():
            place = next((index for index, token in enumerate(row) if token in ends), None)
            last = settings.max_new_tokens - 1
            # Some models are made to write the mark where the limit cuts them off.
            forced = place == last and settings.forced_eos_token_id is not None
            yield Written(tuple(row[:place]), finished=place is not None and not forced)

    def _padded(self, rows: Sequence[Sequence[int]], *, left: bool) -> dict[str, torch.Tensor]:
        import torch

        longest = max(map(len, rows))
        filler = self.tokenizer.pad_token_id or 0
        tokens = torch.full((len(rows), longest), filler)
        mask = torch.zeros_like(tokens)
        for number, row in enumerate(rows):
            place = slice(longest - len(row), longest) if left else slice(len(row))
            tokens[number, place] = torch.tensor(row)
            mask[number, place] = 1
        given = {"input_ids": tokens, "attention_mask": mask}
        if self._marked:
            # From the first token such a model looks at all others; else it sees but windows.
            given["global_attention_mask"] = torch.zeros_like(tokens)
            given["global_attention_mask"][:, 0] = 1
        return {name: each.to(self._device) for name, each in given.items()}


def open_config(folder: Path) -> Any:
    """The configuration of the model in `folder`, as the library has it.

    Raises:
        ModelError: If there is none that the library knows.
    """
    automatic = imported("transformers").AutoConfig
    with quietly(), _told(folder):
        return automatic.from_pretrained(folder, **NO_CODE)


def open_tokenizer(folder: Path) -> Any:
    """The tokenizer in `folder`, as the library has it.

    Raises:
        ModelError: If there is none that the library knows.
    """
    automatic = imported("transformers").AutoTokenizer
    with quietly(), _told(folder):
        return automatic.from_pretrained(folder, **NO_CODE)


def batches(lengths: Sequence[int], settings: Any, most_tokens: int) -> list[list[int]]:
    """Rows to be run together, the longest first, so that there is little padding.

    Args:
        lengths: Of the rows, in tokens.
        settings: Tells how many beams each row is searched with, and how much is written.
        most_tokens: Of a batch; a row that alone has more is run alone.

    Returns:
        Indices of `lengths`, each once.
    """
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    beams = settings.num_beams or 1
    found: list[list[int]] = []
    for index in order:
        row = lengths[found[-1][0]] + beams * settings.max_new_tokens if found else 0
        if found and len(found[-1]) < BATCH_ROWS and row * (len(found[-1]) + 1) <= most_tokens:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def end_marks(known: int | Sequence[int] | None) -> tuple[int, ...]:
    """The tokens that end what is written; a configuration names none, one or several."""
    if known is None:
        return ()
    return (known,) if isinstance(known, int) else tuple(known)


def sane(*limits: object) -> int | None:
    """The least of the `limits` that is one: some files have none, and some an enormous number."""
    found = [each for each in limits if isinstance(each, int) and 0 < each <= 10**7]
    return min(found, default=None)


def readable(text: str) -> str:
    """`text` without lone surrogates, which JSON can carry and no tokenizer takes."""
    return text.encode("utf-8", "replace").decode()


def device() -> str:
    """`cuda` where there is one, else `mps`, else `cpu`."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def native_precision(device: str) -> Precision:
    """`bf16` where the processor has instructions for it; emulated it is slower than `fp32`."""
    import torch

    if device == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    # Newer than the oldest torch that is allowed.
    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    native = capabilities.get("amx_bf16") or capabilities.get("avx512_bf16")
    return "bf16" if device == "cpu" and native else "fp32"


@contextmanager
def quietly() -> Iterator[None]:
    """Keep the library from drawing bars and giving advice; what matters is raised or checked."""
    logging = imported("transformers.utils.logging")
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn any failure to load into one message: the libraries raise nothing narrower."""
    try:
        yield
    except Exception as error:
        reason = next((line for line in str(error).splitlines() if line.strip()), repr(error))
        raise ModelError(
            f"{folder} cannot be loaded: {reason}",
            hint="A model's folder has config.json, the files of its tokenizer and safetensors.",
        ) from error

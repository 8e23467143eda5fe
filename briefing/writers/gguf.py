"""A chat model in a GGUF file, run in this process by llama.cpp.

In: a file. Out: a writer. Needs the package xllamacpp, which the extra `gguf` installs.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from briefing.errors import ModelError
from briefing.offline import imported
from briefing.writers import exchange
from briefing.writers.capacity import Props, Tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    import httpx2

    from briefing.writers.base import Writer
    from briefing.writers.chat import Completion, Prompt

MAGIC = b"GGUF"
MOST_CONTEXT = 8192
"""Tokens of context at most: what is held takes memory whether or not it is used."""
SILENT = -1
"""The verbosity at which llama.cpp writes nothing to standard error, not even errors."""
OFF = 0
LONGEST_PARENT = 70
"""Bytes of a path that leave room for a folder and a socket in it; a socket's may have 107."""


class GgufChat:
    """A chat model in a file.

    Same prompts, same answers: one thread, the likeliest words, and nothing kept from prompt to
    prompt.

    llama.cpp comes as a server that insists on listening somewhere. It listens at a socket file
    in a folder that only this user may enter, with a key that only this process knows, and is
    asked there how many tokens a text takes; no port is opened.

    Args:
        file: The model, with its chat template.

    Raises:
        ModelError: If the file or the library is missing, or llama.cpp cannot use the file.
    """

    offline = True

    def __init__(self, file: Path) -> None:
        check(file)
        try:
            library = imported("xllamacpp")
        except ImportError as error:
            message = f"gguf:{file}: the library xllamacpp is not installed"
            raise ModelError(message, hint='pip install "briefing-desk[gguf]"') from error
        self._file = file
        folder = private_folder()
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        socket, key = str(folder / "llama.sock"), secrets.token_hex()
        try:
            self._llama = library.Server(parameters(library, file, socket, key))
        except (RuntimeError, ValueError) as error:
            message = f"{file}: llama.cpp cannot load this model"
            hint = (
                "It may be cut off, too large for the memory, or of a kind newer than xllamacpp."
            )
            raise ModelError(message, hint=hint) from error
        self._client = client(socket, key)
        props = msgspec.json.decode(self._client.get("/props").content, type=Props)
        self.context_tokens = props.default_generation_settings.n_ctx
        self.name = f"{file.stem} (gguf)"

    def count_tokens(self, text: str) -> int:
        """How many tokens the model's own tokenizer makes of `text`."""
        body = self._client.post("/tokenize", json={"content": text}).content
        return len(msgspec.json.decode(body, type=Tokens).tokens)

    def complete(
        self, prompts: Sequence[Prompt], most_tokens: int
    ) -> list[Completion | ModelError]:
        """Answer every prompt, one after the other; an error stands in its place."""
        return [self._answer(prompt, most_tokens) for prompt in prompts]

    def _answer(self, prompt: Prompt, most_tokens: int) -> Completion | ModelError:
        sender = f"llama.cpp with {self._file.name}"
        try:
            answer = self._asked(prompt, most_tokens, schema=True)
        except (RuntimeError, ValueError):
            # Some templates take no grammar beside them.
            try:
                answer = self._asked(prompt, most_tokens, schema=False)
            except (RuntimeError, ValueError) as error:
                return ModelError(f"{sender} refuses the prompt: {error}")
        body = msgspec.json.encode(answer)
        if "error" in answer:
            return exchange.refusal(answer["error"].get("code", 500), body, sender)
        try:
            return exchange.completion(body, sender)
        except ModelError as error:
            return error

    def _asked(self, prompt: Prompt, most_tokens: int, *, schema: bool) -> dict[str, Any]:
        body = exchange.question(prompt, "", most_tokens, schema=schema)
        # What is kept of an earlier prompt changes how sums are grouped, and so how they round.
        body |= {"cache_prompt": False, "top_k": 1}
        answer: dict[str, Any] = self._llama.handle_chat_completions(body)
        return answer


def check(file: Path) -> None:
    """See that `file` is a GGUF file, by its first bytes.

    Raises:
        ModelError: If it is missing, cannot be read or is something else.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(len(MAGIC))
    except OSError as error:
        message = f"gguf:{file} cannot be read: {error.strerror or error}"
        raise ModelError(message, hint="Name a GGUF file as gguf:FILE.", usage=True) from error
    if start != MAGIC:
        message = f"{file} is no GGUF file: it does not begin with {MAGIC.decode()}"
        raise ModelError(message, hint="Was it downloaded whole, and not as a web page?")


def private_folder() -> Path:
    """A new folder that only this user may enter, with a path short enough for a socket."""
    usual = Path(tempfile.gettempdir())
    short = len(bytes(usual)) <= LONGEST_PARENT
    # Safe there as well: the folder is new and closed to others.
    return Path(tempfile.mkdtemp(prefix="briefing-", dir=usual if short else "/tmp"))  # noqa: S108


def parameters(library: Any, file: Path, socket: str, key: str) -> Any:  # it has no types
    """How llama.cpp is to run: alone, silent and repeatable."""
    found = library.CommonParams()
    found.model.path = str(file)
    found.n_ctx = MOST_CONTEXT  # llama.cpp gives less where the model was trained with less
    found.n_parallel = 1  # each place for a conversation would take its share of the context
    found.cpuparams.n_threads = found.cpuparams_batch.n_threads = 1
    found.cache_ram_mib = 0
    found.warmup = False
    found.enable_reasoning = OFF
    found.verbosity = SILENT
    found.offline = True
    found.ui = False
    found.hostnames = [socket]
    found.api_keys = [key]
    found.n_threads_http = 1
    return found


def client(socket: str, key: str) -> httpx2.Client:
    """A client for the socket file; keeps no connection, so that none is left open."""
    library = imported("httpx2")
    made: httpx2.Client = library.Client(
        base_url="http://llama",
        headers={"Authorization": f"Bearer {key}"},
        transport=library.HTTPTransport(
            uds=socket, limits=library.Limits(max_keepalive_connections=0)
        ),
        trust_env=False,
    )
    return made


def load(file: str | Path) -> Writer:
    """The writer whose model is in `file`; see `GgufChat`."""
    from briefing.writers.grounded import GroundedWriter

    return GroundedWriter(GgufChat(Path(file)))

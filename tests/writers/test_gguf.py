from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from sample_llama import llama_server, model_file

from briefing.errors import ModelError
from briefing.writers.capacity import estimate
from briefing.writers.chat import Completion, ContextError, Prompt
from briefing.writers.gguf import GgufChat, load
from briefing.writers.server import connect

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

STORY = "The ferry to Orrin stopped on Monday. The council said that its pier needs repairs."
SCHEMA = {
    "type": "object",
    "properties": {"words": {"type": "array", "maxItems": 2, "items": {"enum": ["pier", "gale"]}}},
    "required": ["words"],
    "additionalProperties": False,
}
PROMPT = Prompt("You summarise.", f"Summarise: {STORY}")
HELD = Prompt("You summarise.", f"Summarise: {STORY}", SCHEMA)

QUIETLY = """
import os, sys
from pathlib import Path
from briefing.writers.chat import Prompt
from briefing.writers.gguf import GgufChat

opened = []
def hook(event, arguments):
    if event in ("socket.bind", "socket.connect", "socket.getaddrinfo"):
        opened.append(arguments[1] if event != "socket.getaddrinfo" else arguments[0])
sys.addaudithook(hook)
chat = GgufChat(Path(sys.argv[1]))
(answer,) = chat.complete([Prompt("", "Name a sea bird.")], 8)
assert chat.count_tokens("gull") > 0
ports = [line.split()[9] for family in ("tcp", "tcp6", "udp", "udp6")
         for line in Path("/proc/self/net", family).read_text().splitlines()[1:]]
mine = {os.path.basename(os.path.realpath(path)) for path in Path("/proc/self/fd").iterdir()}
print([place for place in opened if not str(place).endswith("llama.sock")],
      [inode for inode in ports if f"socket:[{inode}]" in mine], answer.finished)
"""


@pytest.fixture(scope="module")
def chat() -> GgufChat:
    return GgufChat(model_file())


def test_same_prompt_same_answer(chat: GgufChat) -> None:
    """An answer depends on its prompt alone, whatever was asked before it."""
    alone = chat.complete([PROMPT], 30)
    other = Prompt("", "Name a sea bird.")
    assert chat.complete([other, PROMPT, HELD, PROMPT], 30)[1::2] == alone * 2
    assert isinstance(alone[0], Completion)
    assert alone[0].text


def test_held_to_a_schema(chat: GgufChat) -> None:
    """With a schema even a very small model answers in JSON that fits it."""
    (answer,) = chat.complete([HELD], 60)
    assert isinstance(answer, Completion)
    assert answer.finished
    (key, words), *others = json.loads(answer.text).items()
    assert (key, others) == ("words", [])
    assert set(words) <= {"pier", "gale"}


def test_what_a_file_says_of_itself(chat: GgufChat) -> None:
    """The name for the colophon, the context it was trained with and its own tokenizer."""
    assert chat.name == "SmolLM2-135M-Instruct.Q4_1 (gguf)"
    assert chat.context_tokens == 8192
    assert chat.offline
    assert chat.count_tokens("") == 0
    assert chat.count_tokens("Gulls fly.") == 4


def test_as_a_writer() -> None:
    """Loaded as a writer the model keeps its name; the brief is made offline."""
    writer = load(model_file())
    assert writer.name == "SmolLM2-135M-Instruct.Q4_1 (gguf)"
    assert writer.offline


def test_cut_off_and_too_long(chat: GgufChat) -> None:
    """An answer cut by its limit is told, and a prompt beyond the context stops nothing else."""
    too_long, cut = chat.complete([Prompt("", "gull " * 9000), PROMPT], 3)
    assert isinstance(too_long, ContextError)
    assert isinstance(cut, Completion)
    assert not cut.finished


def test_a_schema_that_no_grammar_fits(chat: GgufChat) -> None:
    """Where llama.cpp can make nothing of a schema the prompt is asked without it."""
    odd = Prompt("", "Name a sea bird.", {"type": "bird"})
    (answer,) = chat.complete([odd], 5)
    assert isinstance(answer, Completion)


@pytest.mark.parametrize(
    "text", [STORY, "In 2031, 12,450 tonnes (3.7 %) left — “a record”, she said.", "MV *Tern*"]
)
def test_the_estimate_is_cautious(chat: GgufChat, text: str) -> None:
    """What is estimated for servers that do not count is not less than a tokenizer makes."""
    assert chat.count_tokens(text) <= estimate(text) <= 3 * chat.count_tokens(text)


def test_quiet_and_without_a_port() -> None:
    """Nothing is written, and no socket is used but the file of the model's own."""
    told = subprocess.run(
        [sys.executable, "-c", QUIETLY, str(model_file())],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "[] [] False\n"
    assert told.stderr == ""


@pytest.mark.parametrize(
    ("content", "said", "hint"),
    [
        (None, "cannot be read: No such file", "gguf:FILE"),
        (b"<html>", "is no GGUF file", "as a web page"),
        (b"", "is no GGUF file", "downloaded whole"),
    ],
)
def test_files_that_are_none(tmp_path: Path, content: bytes | None, said: str, hint: str) -> None:
    """A file that is missing or something else is an error before the library is loaded."""
    file = tmp_path / "model.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ModelError, match=said) as caught:
        GgufChat(file)
    assert hint in caught.value.hint


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    """A GGUF file that ends too early is an error, not a crash."""
    file = tmp_path / "model.gguf"
    with model_file().open("rb") as whole:
        file.write_bytes(whole.read(100_000))
    with pytest.raises(ModelError, match=r"model.gguf: llama.cpp cannot load this model"):
        GgufChat(file)


def test_without_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library the error names what to install."""
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelError, match="xllamacpp is not installed") as caught:
        GgufChat(file)
    assert caught.value.hint == 'pip install "briefing-desk[gguf]"'


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_real_server(chat: GgufChat) -> None:
    """A llama.cpp server tells its context and counts tokens; it answers all, one of them too long."""
    with llama_server(slots=2) as address:
        model = connect(f"{address}/v1")
        assert model.name == f"{model_file()} at {address}/v1"
        assert model.context_tokens == 2048
        assert model.count_tokens(STORY) == chat.count_tokens(STORY)
        plain, held, cut, too_long = model.complete(
            [PROMPT, HELD, Prompt("", "Tell a long story."), Prompt("", "gull " * 2500)], 40
        )
    assert isinstance(plain, Completion)
    assert isinstance(held, Completion)
    assert set(json.loads(held.text)["words"]) <= {"pier", "gale"}
    assert isinstance(cut, Completion)
    assert not cut.finished
    assert isinstance(too_long, ContextError)
    assert model.context_tokens == 2048

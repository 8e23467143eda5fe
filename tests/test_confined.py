"""A confined call gives its result or says which bound it met; nothing is left behind."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from hostile_pages import QUICK, findings, printed, template

import briefing.errors
from briefing.confined import Bounds, Confined
from briefing.confined.child import answer, guard
from briefing.confined.replies import Done, Failed, Refused, pack, unpack
from briefing.errors import BriefingError, RenderError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from briefing.findings import Findings

SMALL = Bounds(cpu_s=1, wall_s=6, memory_mb=256, output_mb=1)
HEAVY = ("torch", "spacy", "transformers", "numpy", "weasyprint", "jinja2")
OWNER = """
import sys, time
from briefing.confined import Confined
from test_confined import process_id, wait
confined = Confined(what="a page")
print(confined.call(process_id), flush=True)
if sys.argv[1] == "busy":
    confined.call(wait)
elif sys.argv[1] == "idle":
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined(SMALL, what="template mine") as one:
        yield one


def add(one: int, other: int) -> int:
    return one + other


def process_id() -> int:
    return os.getpid()


def same(found: Findings) -> Findings:
    return found


def refuse() -> None:
    raise TemplateError("line 3 is wrong", hint="Correct it.")


def divide() -> float:
    return 1 / 0


def spin() -> None:
    while True:
        pass


def spin_in_c() -> int:
    return 3**50_000_000 % 7


def wait() -> None:
    time.sleep(60)


def deepen() -> None:
    deepen()


def fill_memory() -> int:
    return len([bytes(1 << 20) for _ in range(2000)])


def much(length: int) -> bytes:
    return bytes(length)


def crash() -> None:
    os.abort()


def leave() -> None:
    os._exit(3)


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def look_up() -> None:
    socket.getaddrinfo("example.org", 80)


def run_program() -> None:
    subprocess.run(["true"], check=True)


def fork() -> None:
    os.fork()


def write(path: str) -> None:
    Path(path).write_text("x")


def remove(path: str) -> None:
    Path(path).unlink()


def write_own() -> str:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(b"x")
    return file.name


def write_long() -> None:
    with tempfile.TemporaryFile() as file:
        for _ in range(100):
            file.write(bytes(1 << 20))


def names_of_fonts() -> int:
    program = shutil.which("fc-list") or ""
    return len(subprocess.run([program], capture_output=True, check=True).stdout)


def loaded() -> list[str]:
    return [name for name in HEAVY if name in sys.modules]


def environment() -> dict[str, str]:
    return dict(os.environ)


def is_alive(process: int) -> bool:
    """Whether a process runs; one that only waits to be cleared away does not."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


class Trick:
    """Pickles as a call of something that it should not."""

    def __init__(self, function: Callable[..., object], *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self.call


@dataclass(frozen=True)
class Foreign:
    """A record, but not of the package."""

    value: int


def trick() -> Trick:
    return Trick(os.system, "true")


def test_result_comes_back(confined: Confined) -> None:
    """What the function returns is returned, records of the package included."""
    assert confined.call(add, 2, 3) == 5
    assert confined.call(same, findings()) == findings()


def test_child_is_another_process_and_is_kept(confined: Confined) -> None:
    """Calls that end well are answered by one and the same child."""
    first = confined.call(process_id)
    assert first != os.getpid()
    assert confined.call(process_id) == first == confined.process_id


def test_nothing_is_started_before_the_first_call() -> None:
    """A child costs nothing until it is used."""
    with Confined(what="a page") as unused:
        assert unused.process_id is None


@pytest.mark.parametrize(
    "kind",
    [
        value
        for value in vars(briefing.errors).values()
        if isinstance(value, type) and issubclass(value, BriefingError)
    ],
)
def test_every_error_survives_the_way_back(kind: type[BriefingError]) -> None:
    """An error of the package keeps its type, message, hint and exit code."""
    plain, back = (
        unpack(pack(Refused(kind("what failed", hint="what to do", usage=usage))))
        for usage in (False, True)
    )
    assert isinstance(plain, Refused)
    assert isinstance(back, Refused)
    assert (plain.error.exit_code, back.error.exit_code) == (kind.exit_code, 2)
    assert type(back.error) is kind
    assert (str(back.error), back.error.hint) == ("what failed", "what to do")
    assert back.error.message == "what failed"


def test_error_of_the_function_is_raised_and_the_child_kept(confined: Confined) -> None:
    """What a template did wrong is told as it is without a child."""
    first = confined.call(process_id)
    with pytest.raises(TemplateError, match="line 3 is wrong") as caught:
        confined.call(refuse)
    assert caught.value.hint == "Correct it."
    assert confined.call(process_id) == first


def test_any_other_exception_keeps_its_traceback(confined: Confined) -> None:
    """A bug is told with the line on which it arose."""
    with pytest.raises(RenderError, match=r"template mine.*ZeroDivisionError") as caught:
        confined.call(divide)
    assert "return 1 / 0" in "".join(caught.value.__notes__)


@pytest.mark.parametrize(
    ("function", "arguments", "says"),
    [
        (spin, (), "more than 1 s of processor time"),
        (spin_in_c, (), "more than 1 s of processor time"),
        (fill_memory, (), "needs more than 256 MiB of memory"),
        (deepen, (), "nested too deep"),
        (much, (2 << 20,), "its result is longer than 1 MiB"),
        (much, (1 << 30,), "needs more than 256 MiB of memory"),
        (crash, (), "ended with SIGABRT"),
        (leave, (), "ended with status 3"),
        (trick, (), r"a reply holds posix\.system"),
        (write_long, (), "File too large"),
    ],
)
def test_bound_is_named_and_the_next_call_works(
    confined: Confined, function: Callable[..., object], arguments: tuple[object, ...], says: str
) -> None:
    """Whatever ends a call, it says so with the template's name, and a fresh child follows."""
    with pytest.raises(RenderError, match=f"template mine.*{says}"):
        confined.call(function, *arguments)
    assert confined.call(add, 1, 1) == 2


def test_call_that_waits_is_ended_in_time() -> None:
    """A call that uses no processor time is ended as well."""
    start = time.monotonic()
    with (
        Confined(Bounds(wall_s=1.5), what="template mine") as one,
        pytest.raises(RenderError, match=r"not done within 1\.5 s") as caught,
    ):
        one.call(wait)
    assert time.monotonic() - start < 3
    assert "simpler" in caught.value.hint


def test_time_is_counted_call_by_call(confined: Confined) -> None:
    """A child that has worked for long is not ended for that."""
    first = confined.call(process_id)
    for _ in range(4):
        confined.call(busy_s, 0.4)
    assert confined.call(process_id) == first


def busy_s(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_child_that_ended_meanwhile_is_replaced(confined: Confined) -> None:
    """A child that someone else ended is no error."""
    first = confined.call(process_id)
    os.kill(first, signal.SIGKILL)
    while is_alive(first):
        time.sleep(0.01)
    assert confined.call(process_id) != first


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (connect, ()),
        (look_up, ()),
        (run_program, ()),
        (fork, ()),
        (write, ("stray.txt",)),
        (write, (str(Path(__file__).with_name("stray.txt")),)),
        (remove, (__file__,)),
    ],
)
def test_child_reaches_nothing_outside(
    confined: Confined, function: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    """No socket, no other program, no file outside the child's own folder."""
    with pytest.raises(RenderError, match="PermissionError: not allowed in a confined process"):
        confined.call(function, *arguments)
    assert Path(__file__).exists()


def test_child_may_use_its_own_folder_which_goes_with_it() -> None:
    """Temporary files work, and none is left."""
    with Confined(what="a page") as one:
        name = one.call(write_own)
        assert Path(name).exists()
    assert not Path(name).parent.exists()


def test_child_may_ask_for_fonts(confined: Confined) -> None:
    """The one program that it needs may be started."""
    assert confined.call(names_of_fonts) > 0


def test_child_loads_nothing_heavy_by_itself() -> None:
    """It imports what its function needs, no more."""
    code = "import sys, briefing.confined.child; print(*sys.modules)"
    listed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert not set(HEAVY) & set(listed.stdout.decode().split())


def test_child_sees_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Environment variables that may hold secrets stay with the parent."""
    monkeypatch.setenv("BRIEFING_API_KEY", "secret")
    with Confined(what="a page") as one:
        assert "secret" not in one.call(environment).values()


@pytest.mark.parametrize(
    "value", [Trick(os.system, "true"), Trick(eval, "1"), Foreign(1), Trick(exec, "")]
)
def test_reply_is_read_without_running_anything(value: object) -> None:
    """A reply that names anything but records and errors of the package is refused."""
    with pytest.raises(pickle.UnpicklingError, match="a reply holds"):
        unpack(pack(Done(value)))


@pytest.mark.parametrize("data", [b"", b"nonsense", pickle.dumps(1), pickle.dumps((1, 2))])
def test_damaged_reply_is_refused(data: bytes) -> None:
    """Bytes that are no reply are told from one."""
    with pytest.raises(pickle.UnpicklingError):
        unpack(data)


def test_answer_is_a_reply_whatever_happens() -> None:
    """Results, refusals and bugs all come back."""
    assert unpack(answer(pickle.dumps((add, (1, 2))))) == Done(3)
    assert isinstance(unpack(answer(pickle.dumps((refuse, ())))), Refused)
    failure = unpack(answer(pickle.dumps((deepen, ()))))
    assert isinstance(failure, Failed)
    assert failure.kind == "RecursionError"


def test_guard_allows_reading_and_its_folder(tmp_path: Path) -> None:
    """The hook lets pass what a page needs, and nothing else."""
    check = guard(str(tmp_path))
    check("open", ("/etc/hosts", "r", os.O_RDONLY))
    check("open", (str(tmp_path / "font"), "wb", os.O_WRONLY | os.O_CREAT))
    check("open", (os.devnull, None, os.O_RDWR))
    check("open", (3, "wb", os.O_WRONLY))
    check("os.mkdir", (str(tmp_path / "fonts"), 0o777, -1))
    check("import", ("json",))
    for event, *arguments in (
        ("open", str(tmp_path / ".." / "font"), "wb", os.O_WRONLY),
        ("open", b"/etc/hosts", None, os.O_RDWR),
        ("os.rename", "/etc/hosts", str(tmp_path / "hosts"), -1, -1),
        ("os.system", b"true"),
        ("socket.bind", None, ("127.0.0.1", 0)),
        ("subprocess.Popen", "/bin/sh", ["sh"], None, None),
    ):
        with pytest.raises(PermissionError):
            check(event, tuple(arguments))


def test_ctrl_c_ends_the_child_at_once(tmp_path: Path) -> None:
    """Whoever interrupts a long render has it interrupted."""
    with Confined(what="a page") as one:
        child = one.call(process_id)
        Thread(target=interrupt_soon, args=(one,), daemon=True).start()
        start = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            one.call(wait)
        assert time.monotonic() - start < 2
        assert not is_alive(child)
        assert one.call(add, 1, 1) == 2


def interrupt_soon(_: Confined) -> None:
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGINT)


def test_closing_from_another_thread_ends_a_call() -> None:
    """A server that stops does not wait for what it renders."""
    one = Confined(what="a page")
    one.call(process_id)
    Thread(target=close_soon, args=(one,), daemon=True).start()
    start = time.monotonic()
    with pytest.raises(RenderError, match="SIGKILL"):
        one.call(wait)
    assert time.monotonic() - start < 3
    one.close()


def close_soon(one: Confined) -> None:
    time.sleep(0.3)
    one.close()


def test_forgotten_child_ends() -> None:
    """One that nobody closed ends with what held it."""
    one = Confined(what="a page")
    child = one.call(process_id)
    del one
    gc.collect()
    assert not is_alive(child)


@pytest.mark.parametrize("state", ["idle", "busy", "over"])
def test_child_never_outlives_its_parent(state: str) -> None:
    """Not even where the parent is killed, or forgets to close."""
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, state],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    ) as owner:
        assert owner.stdout is not None
        child = int(owner.stdout.readline())
        if state == "over":
            assert owner.wait(10) == 0
        else:
            time.sleep(0.5)
            assert is_alive(child)
            owner.kill()
    end = time.monotonic() + 3
    while is_alive(child):
        assert time.monotonic() < end, "the child lives on"
        time.sleep(0.05)


def test_threads_share_one_child(confined: Confined) -> None:
    """Calls of several threads follow one another, each with its own result."""
    results: dict[int, int] = {}

    def ask(number: int) -> None:
        results[number] = confined.call(add, number, 100)

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: number + 100 for number in range(8)}


def test_system_without_limits_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot be limited nothing is rendered without limits."""
    monkeypatch.setitem(sys.modules, "resource", None)
    with pytest.raises(RenderError, match="template mine cannot be confined") as caught:
        Confined(what="template mine")
    assert caught.value.hint


@pytest.fixture(scope="module")
def press() -> Iterator[Confined]:
    with Confined(what="template mine") as one:
        yield one


@pytest.mark.parametrize("name", QUICK)
def test_hostile_page_is_refused_and_a_good_one_printed_after(
    press: Confined, name: str, tmp_path: Path
) -> None:
    """One page of each kind; `tests/eval/test_hostile.py` has them all."""
    with pytest.raises(BriefingError, match=r"template mine|(brief|linked)\.html\.j2"):
        press.call(printed, str(template(name, tmp_path / "bad")))
    good = str(template("", tmp_path / "good"))
    assert press.call(printed, good).keys() == {"brief.pdf", "brief.html"}


def test_printing_loads_no_model(press: Confined, tmp_path: Path) -> None:
    """The child holds what a page needs: no model, no parser of language."""
    press.call(printed, str(template("", tmp_path)))
    assert set(press.call(loaded)) == {"weasyprint", "jinja2"}

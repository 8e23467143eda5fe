"""What goes wrong for users: one paragraph with a way out, the right exit code, nothing left over."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner
from command import call, finish, left, start

from briefing.analyse.stub import StubAnalyser
from briefing.cli import main
from briefing.pipeline import Desk
from briefing.render.text import html_text
from briefing.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.testing import Result

    from briefing.analyse import Analyser
    from briefing.document import Document, Sentence
    from briefing.findings import Reading
    from briefing.pipeline import Progress
    from briefing.settings import Settings

SEED = Path(__file__).parents[1] / "seeds" / "harbour-dues"
TEXT = "By Ada Foll\n\nThe council of Wend opposes the bridge. It might cost 3 million crowns.\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
LARGE = 300_000_000
NO_OVERRIDE = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
"""Starts a command that must obey permissions even if root runs it."""
INSTALL = "apt-get install --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"
STUB = ("--model", "stub", "-o", "out")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one good source."""
    monkeypatch.chdir(tmp_path)
    Path("good.txt").write_text(TEXT, "utf-8")
    return tmp_path


@pytest.fixture
def obeying() -> tuple[str, ...]:
    """What a command is started with so that permissions bind it."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root, and no setpriv to give up root's rights")
    return NO_OVERRIDE


def told(result: Result) -> str:
    """The message of a failed command: one error and one hint, no more, and no traceback."""
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)
    return paragraph(result.stderr)


def paragraph(stderr: str) -> str:
    """The same of what a process printed on standard error."""
    message, hint = stderr.splitlines()
    assert message.startswith("Error: ")
    assert hint.startswith("Hint: ")
    assert len(hint) > len("Hint: ") + 10
    return stderr


def blank() -> None:
    """A file that holds only white space."""
    Path("source.txt").write_text(" \n\t\n", "utf-8")


def none() -> None:
    """A file without a byte."""
    Path("source.txt").touch()


def binary() -> None:
    """Bytes that are no text."""
    Path("source.txt").write_bytes(bytes(range(256)) * 16)


def picture() -> None:
    """A picture that is called a text."""
    Path("source.txt").write_bytes(PNG)


def locked() -> None:
    """A PDF that asks for a password."""
    with pikepdf.open(SEED / "research-note.pdf") as pdf:
        pdf.save("source.txt", encryption=pikepdf.Encryption(owner="a", user="b"))


def large() -> None:
    """A file of 300 MB, which takes no room on the disk."""
    with Path("source.txt").open("wb") as file:
        file.truncate(LARGE)


def torn() -> None:
    """A PDF of which the second half is missing."""
    whole = (SEED / "research-note.pdf").read_bytes()
    Path("source.txt").write_bytes(whole[: len(whole) // 2])


def cut_short() -> None:
    """A DOCX of which the second half is missing."""
    whole = (SEED / "shippers-letter.docx").read_bytes()
    Path("source.txt").write_bytes(whole[: len(whole) // 2])


def broken_link() -> None:
    """A link to nothing."""
    Path("source.txt").symlink_to("nowhere.txt")


def below_a_file() -> None:
    """A path that leads through a file."""
    Path("source.txt").symlink_to("good.txt/more.txt")


def absent() -> None:
    """No file at all."""


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (blank, "is empty"),
        (none, "is empty"),
        (binary, "is a binary file"),
        (picture, "is a PNG image"),
        (locked, "password"),
        (large, "the limit is"),
        (cut_short, "damaged"),
        (broken_link, "does not exist"),
        (below_a_file, "Not a directory"),
        (absent, "does not exist"),
    ],
)
def test_a_bad_source_is_named(prepare: Callable[[], None], said: str) -> None:
    """The message says which source, what is wrong with it and what to do; no folder is made."""
    prepare()
    result = call("make", "source.txt", *STUB)
    assert said in told(result)
    assert "source.txt" in result.stderr
    assert result.exit_code == 1
    assert not Path("out").exists()


def test_a_torn_pdf_is_an_error_or_is_read_as_far_as_it_goes() -> None:
    """Half a PDF is never a traceback: it is refused, or what is left of it is read."""
    torn()
    result = call("make", "source.txt", *STUB)
    assert result.exit_code == 0 or "source.txt" in told(result)


def test_a_source_that_may_not_be_read(folder: Path, obeying: tuple[str, ...]) -> None:
    """Missing permission is told as that."""
    Path("good.txt").chmod(0)
    code, out, err = finish(start("make", "good.txt", *STUB, cwd=folder, before=obeying))
    assert (code, out) == (1, "")
    assert "good.txt may not be read: permission denied" in paragraph(err)
    assert not Path("out").exists()


def test_a_pdf_with_another_name_is_read_as_what_it_is() -> None:
    """The content counts, not the name; the user is told so."""
    shutil.copyfile(SEED / "research-note.pdf", "source.txt")
    result = call("make", "source.txt", *STUB, "--format", "json")
    assert result.exit_code == 0
    assert result.stderr == "Notice: source.txt is a PDF by its content and was read as that\n"


def test_one_broken_source_does_not_stop_the_others() -> None:
    """Of three files in a folder two make a brief; it names the third, and the exit code is 3."""
    Path("pile").mkdir()
    shutil.copyfile("good.txt", "pile/a.txt")
    Path("pile/b.docx").write_bytes((SEED / "shippers-letter.docx").read_bytes()[:9000])
    Path("pile/c.txt").write_text("Wend needs no bridge, says Bo Tarr.", "utf-8")
    result = call("make", "pile", *STUB, "--format", "html")
    assert (result.exit_code, result.stdout) == (3, "out/brief.html\n")
    assert "pile/b.docx" in paragraph(result.stderr)
    page = html_text(Path("out/brief.html").read_text("utf-8"))
    assert "a.txt" in page
    assert "c.txt" in page
    assert "Not read: b.docx is" in page


def test_a_brief_is_no_source_of_the_next_one() -> None:
    """The same folder twice gives the same brief; a folder of nothing but briefs is told as that."""
    again = ("make", ".", "--model", "stub", "--title", "T", "--date", "2026-11-22")
    assert call(*again).exit_code == 0
    pages = [Path("outputs/t/brief.html"), Path("outputs/t/brief.pdf")]
    before = [page.read_bytes() for page in pages]
    result = call(*again)
    assert result.exit_code == 0
    assert "outputs/t/brief.pdf" in result.stderr
    assert [page.read_bytes() for page in pages] == before
    result = call("make", "outputs", "--model", "stub")
    assert result.exit_code == 1
    assert "outputs/t/brief.pdf" in result.stderr


class Tripping(StubAnalyser):
    """Reads with the stub; trips over some texts, or finds that no more can be read at all."""

    def analyse(
        self, documents: Sequence[Document], sentences: Sequence[tuple[Sentence, ...]]
    ) -> tuple[Reading, ...]:
        """Read `documents`, unless one holds a word that asks for an error."""
        for document in documents:
            if "mudflat" in document.text:
                raise ValueError("too much mud")
            if "quicksand" in document.text:
                raise MemoryError
        return super().analyse(documents, sentences)


class TrippingShelf(Shelf):
    """Has that analyser alone."""

    def analyser(self, model: str) -> Analyser:
        """The one that trips."""
        del model
        return Tripping()


def tripping(settings: Settings, on_progress: Progress | None) -> Desk:
    """A desk with that shelf."""
    return Desk(settings, on_progress, shelf=TrippingShelf())


@pytest.mark.parametrize(
    "command",
    [
        ("make", "--format", "json", "-o", "out"),
        ("extract", "-o", "out/brief.json"),
        ("claims",),
        ("check", "good.txt", "--against"),
    ],
)
def test_a_source_over_which_the_analyser_trips_does_not_stop_the_others(
    command: tuple[str, ...],
) -> None:
    """It is named, the others are read, and the exit code is 3; alone it is an error."""
    Path("odd.txt").write_text("The mudflat might cost 3 million crowns.", "utf-8")
    arguments = (*command, "odd.txt", "good.txt", "--model", "stub")
    result = CliRunner().invoke(main, arguments, obj=tripping)
    assert result.exit_code == 3
    assert "odd.txt cannot be analysed: ValueError: too much mud" in paragraph(result.stderr)
    found = Path("out/brief.json")
    shown = found.read_text("utf-8") if found.exists() else result.stdout
    assert "might cost 3 million crowns" in shown
    assert "mudflat" not in shown
    alone = CliRunner().invoke(main, (*command, "odd.txt", "--model", "stub"), obj=tripping)
    assert "odd.txt cannot be analysed" in told(alone)
    assert alone.exit_code == (4 if "check" in command else 1)


def test_a_failed_analysis_is_told_as_json() -> None:
    """With --json the error is an object that names the source; -v gives the cause."""
    Path("odd.txt").write_text("The mudflat might cost 3 million crowns.", "utf-8")
    arguments = ("make", "odd.txt", "--model", "stub", "--json", "-v")
    result = CliRunner().invoke(main, arguments, obj=tripping)
    message = json.loads(result.stderr.splitlines()[-1])
    assert (message["error"], message["exit_code"]) == ("SourceError", 1)
    assert "odd.txt" in message["message"]
    assert "Traceback" in result.stderr


def test_a_lack_of_memory_is_no_fault_of_a_source() -> None:
    """What would fail with any text is not laid at the door of one."""
    Path("odd.txt").write_text("The quicksand might cost 3 million crowns.", "utf-8")
    arguments = ("make", "odd.txt", "good.txt", "--model", "stub")
    assert isinstance(CliRunner().invoke(main, arguments, obj=tripping).exception, MemoryError)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--model", "nosuch"), "Known: verbatim, stub"),
        (("--model", "hf:owner/absent"), "briefing models pull owner/absent"),
        (("--model", "gguf:absent.gguf"), "Name a GGUF file"),
        (("--model", "stub", "-t", "nosuch"), "one-page"),
        (("--model", "stub", "-t", "./nowhere"), "template's folder"),
    ],
)
def test_an_unknown_model_or_template_is_named(arguments: tuple[str, ...], hint: str) -> None:
    """The message has the name that was given, the hint lists what there is."""
    result = call("make", "good.txt", "-o", "out", *arguments)
    message, advice = told(result).splitlines()
    assert arguments[-1].rpartition(":")[2] in message
    assert hint in advice
    assert result.exit_code == 2
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("library", "said"),
    [
        ("libgobject-2.0.so.0", "Pango is not installed"),
        ("libpango-1.0.so.0", "Pango is not installed"),
        ("libharfbuzz-subset.so.0", "HarfBuzz's subset library is not installed"),
    ],
)
def test_a_missing_system_library_comes_with_its_install_line(
    folder: Path, library: str, said: str
) -> None:
    """Where Pango or HarfBuzz cannot be loaded, the error says how to install them."""
    Path("broken").mkdir()
    (Path("broken") / library).touch()  # found first, and no library
    env = {"LD_LIBRARY_PATH": str(folder / "broken")}
    code, _, err = finish(start("make", "good.txt", *STUB, cwd=folder, env=env))
    assert code == 1
    assert said in paragraph(err)
    assert INSTALL in err
    assert not Path("out").exists()


def test_html_needs_no_system_library(folder: Path) -> None:
    """Where Pango cannot be loaded, a page can still be made."""
    Path("broken").mkdir()
    Path("broken/libpango-1.0.so.0").touch()
    env = {"LD_LIBRARY_PATH": str(folder / "broken")}
    arguments = ("make", "good.txt", *STUB, "--format", "html")
    assert finish(start(*arguments, cwd=folder, env=env)) == (0, "out/brief.html\n", "")


@pytest.mark.parametrize("place", ["good.txt/out", "/proc/out", "/dev/null/out"])
def test_a_place_that_cannot_hold_files(folder: Path, place: str) -> None:
    """An output below a file, or where no folder can be made, is named."""
    before = left(folder)
    result = call("make", "good.txt", "--model", "stub", "--format", "html", "-o", place)
    assert f"{place} cannot be written" in told(result)
    assert result.exit_code == 1
    assert left(folder) == before


def test_a_folder_that_may_not_be_written(folder: Path, obeying: tuple[str, ...]) -> None:
    """A read-only folder is named, and stays as it was."""
    Path("out").mkdir(mode=0o555)
    arguments = ("make", "good.txt", *STUB, "--format", "html")
    code, out, err = finish(start(*arguments, cwd=folder, before=obeying))
    assert (code, out) == (1, "")
    assert "out" in paragraph(err)
    assert "Permission denied" in err
    assert left(Path("out")) == []


def test_a_persons_changes_survive(folder: Path) -> None:
    """A changed page stops the rerun before anything is written; --force overwrites it."""
    again = ("make", "good.txt", *STUB, "--title")
    assert call(*again, "One").exit_code == 0
    Path("out/brief.html").write_text("mine", "utf-8")
    before = {name: (folder / "out" / name).read_bytes() for name in left(folder / "out")}
    result = call(*again, "Two")
    assert "out/brief.html was changed" in told(result)
    assert "--force" in result.stderr
    assert result.exit_code == 1
    assert {name: (folder / "out" / name).read_bytes() for name in left(folder / "out")} == before
    assert call(*again, "Two", "--force").exit_code == 0
    assert "Two" in Path("out/brief.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda _: b"", "brief.json"),
        (lambda data: data[:-40], "brief.json"),
        (lambda _: PNG, "brief.json"),
        (lambda _: b"[]", "brief.json"),
        (lambda _: b"{}", "brief.json"),
        (lambda data: data.replace(b"briefing/1", b"briefing/9", 1), "briefing/9"),
        (lambda data: data.replace(b"council", b"counsel", 1), "quote"),
        (lambda data: data.replace(b'"basis": "asserted"', b'"basis": "guessed"', 1), "guessed"),
    ],
)
def test_a_damaged_file_of_findings(damage: Callable[[bytes], bytes], said: str) -> None:
    """A brief.json that is torn, of another kind, or edited so that it no longer holds."""
    assert call("extract", "good.txt", "--model", "stub", "-o", "brief.json").exit_code == 0
    data = Path("brief.json").read_bytes()
    assert damage(data) != data
    Path("brief.json").write_bytes(damage(data))
    result = call("render", "brief.json", "-o", "out")
    assert said in told(result)
    assert result.exit_code == 1
    assert not Path("out").exists()


def test_an_interrupt_leaves_nothing_behind(folder: Path) -> None:
    """Ctrl-C in the middle of a pile: exit code 130, one line, no folder, no temporary files."""
    Path("pile").mkdir()
    for number in range(200):
        text = f"Bridge {number} might cost 3 million crowns, says Ada Foll. " * 20
        (Path("pile") / f"{number}.txt").write_text(text, "utf-8")
    os.mkfifo("gate")
    before = left(folder)
    process = start("make", "gate", "pile", *STUB, cwd=folder)
    with Path("gate").open("w", encoding="utf-8") as gate:  # waits until it is being read
        gate.write(TEXT)
    process.send_signal(signal.SIGINT)
    code, out, err = finish(process)
    assert (code, out) == (130, "")
    assert err == "Interrupted: nothing is left half-written.\n"
    assert left(folder) == before


def test_an_interrupt_leaves_an_older_brief_as_it_was(folder: Path) -> None:
    """What an earlier run wrote is whole after the next one was interrupted."""
    assert call("make", "good.txt", *STUB).exit_code == 0
    before = {name: (folder / "out" / name).read_bytes() for name in left(folder / "out")}
    os.mkfifo("gate")
    process = start("make", "gate", *STUB, cwd=folder)
    with Path("gate").open("w", encoding="utf-8"):
        process.send_signal(signal.SIGINT)
        assert finish(process)[0] == 130
    assert {name: (folder / "out" / name).read_bytes() for name in left(folder / "out")} == before


def test_nothing_but_paths_on_standard_output(folder: Path) -> None:
    """Even where a library complains, standard output stays empty."""
    Path("broken").mkdir()
    Path("broken/libpango-1.0.so.0").touch()
    env = {"LD_LIBRARY_PATH": str(folder / "broken")}
    _, out, _ = finish(start("make", "good.txt", *STUB, cwd=folder, env=env))
    assert out == ""


def test_a_file_name_that_is_no_text(folder: Path) -> None:
    """A name in another encoding than UTF-8 does not stop a brief."""
    Path("good.txt").rename(os.fsdecode(b"caf\xe9.txt"))
    code, _, err = finish(start("make", ".", *STUB, cwd=folder))
    assert "Traceback" not in err
    assert code == 0


def test_a_source_that_reads_from_right_to_left() -> None:
    """A quotation in Arabic passes the check of the printed page."""
    Path("good.txt").write_text("قال المجلس إن الجسر سيكلف ثلاثة ملايين كرونة.", "utf-8")
    assert call("make", "good.txt", *STUB).exit_code == 0

"""The commands: what they print, write and leave with; the desk is the fake of the samples."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from click.testing import CliRunner
from command import call
from sample_findings import FINDINGS, TEXT, FakeDesk

from briefing import __version__, hub
from briefing.cli import main
from briefing.cli.frame import QUIET, VERBOSE
from briefing.codec import brief_schema, dump_findings, load_findings
from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.templating.scaffold import STARTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

    from briefing.findings import Findings

    Run = Callable[..., Result]

README = Path(__file__).parents[1] / "README.md"
HEAVY = (
    "docx", "feedparser", "jinja2", "json", "logging", "msgspec", "numpy", "pypdfium2", "rich",
    "spacy", "tomllib", "torch", "trafilatura", "transformers", "weasyprint",
)  # fmt: skip


@pytest.fixture
def desks() -> list[FakeDesk]:
    """The desks that were opened."""
    return []


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desks: list[FakeDesk]) -> Run:
    """Run the command line in an empty folder, with a desk that needs no model."""
    monkeypatch.chdir(tmp_path)

    def open_desk(*args: Any) -> FakeDesk:
        desks.append(FakeDesk(*args))
        return desks[-1]

    def invoke(
        *args: str, stdin: bytes | BytesIO | None = None, env: dict[str, str] | None = None
    ) -> Result:
        return CliRunner().invoke(main, args, obj=open_desk, input=stdin, env=env)

    return invoke


def commands(group: click.Group, *names: str) -> Iterator[tuple[str, click.Command]]:
    """Every command and its full name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, *names, name)
        else:
            yield " ".join([*names, name]), command


COMMANDS = dict(commands(main))


def test_make_writes_a_brief_and_prints_its_paths(run: Run) -> None:
    """The files stand in a folder named after the title; the PDF is printed last."""
    result = run("make", "ferry.txt")
    folder = Path("outputs/the-ferry-to-ostwick")
    names = ("brief.html", "brief.json", "brief.pdf")
    assert result.stdout.splitlines() == [str(folder / name) for name in names]
    assert result.exit_code == 0
    assert (folder / "brief.pdf").read_bytes() == b"The ferry to Ostwick, one-page, A4, pdf"
    assert load_findings((folder / "brief.json").read_bytes(), where="brief.json") == FINDINGS


def test_notices_go_to_standard_error(run: Run) -> None:
    """What happened on the way is told beside the result, or with --quiet not at all."""
    told = run("make", "ferry.txt").stderr
    assert "Notice: ferry.txt was given twice and read once" in told
    assert "Warning: one claim was cut" in told
    assert run("make", "ferry.txt", "--quiet").stderr == ""


def test_make_takes_its_options(run: Run, desks: list[FakeDesk]) -> None:
    """Every option arrives in the settings of the desk."""
    arguments = (
        "make a.txt -t memo -o out --format json,pdf --model stub --focus ferries --title T "
        "--date 2026-11-20 --page letter --pages 2 --language de --handling Internal --force"
    )
    result = run(*arguments.split())
    assert result.stdout.split() == ["out/brief.json", "out/brief.pdf"]
    settings = desks[0].settings
    assert (settings.template, settings.output, settings.model) == ("memo", Path("out"), "stub")
    assert (settings.formats, settings.focus, settings.title) == (("json", "pdf"), "ferries", "T")
    assert (settings.date, settings.page, settings.pages) == ("2026-11-20", "Letter", 2)
    assert (settings.language, settings.handling, settings.force) == ("de", "Internal", True)


def test_flags_win_over_environment_over_file(run: Run, desks: list[FakeDesk]) -> None:
    """Defaults, then the file, then the environment, then the command line."""
    Path("briefing.toml").write_text(
        'template = "of-file"\nfocus = "of file"\nhandling = "of file"\n'
        'formats = ["html"]\ndate = 2026-11-01\npages = 3\n',
        "utf-8",
    )
    env = {"BRIEFING_TEMPLATE": "of-environment", "BRIEFING_FOCUS": "of environment"}
    assert run("make", "a.txt", "-t", "of-flag", env=env).exit_code == 0
    settings = desks[0].settings
    assert (settings.template, settings.focus) == ("of-flag", "of environment")
    assert (settings.handling, settings.formats, settings.pages) == ("of file", ("html",), 3)
    assert (settings.date, settings.page) == ("2026-11-01", "A4")


def test_another_file_of_settings_can_be_named(run: Run, desks: list[FakeDesk]) -> None:
    """--config replaces the file of the working directory."""
    Path("briefing.toml").write_text('template = "one"\n', "utf-8")
    Path("other.toml").write_text('focus = "two"\n', "utf-8")
    run("make", "a.txt", "--config", "other.toml")
    assert (desks[0].settings.template, desks[0].settings.focus) == ("one-page", "two")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('tempalte = "x"', "briefing.toml: unknown key `tempalte`"),
        ('formats = "docx"', "briefing.toml: formats: there is no format `docx`"),
        ('page = "A9"', "Correct `page` in briefing.toml."),
    ],
)
def test_a_wrong_file_is_an_error_of_usage(run: Run, text: str, told: str) -> None:
    """The file and the key are named, and nothing is read."""
    Path("briefing.toml").write_text(text, "utf-8")
    result = run("make", "a.txt")
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        "make",
        "make a.txt --page A5",
        "make a.txt --pages 0",
        "make a.txt --format docx",
        "make a.txt --date soon",
        "make a.txt --unknown",
        "make a.txt --config none.toml",
        "extract",
        "extract a.txt --jsonl -",
        "extract --jsonl none.jsonl",
        "render",
        "render none.json",
        "summarise a.txt --words 3 --sentences 1",
        "summarise a.txt -o out.txt",
        "claims",
        "claims a.txt --jsonl -",
        "claims a.txt -o out.txt",
        "claims --jsonl - --most 3",
        "claims a.txt --most 0",
        "check",
        "check a.txt",
        "check --against a.txt",
        "check a.txt --against b.txt --jsonl -",
        "check --against b.txt --jsonl -",
        "check a.txt --against b.txt -o out.txt",
        "check --jsonl none.jsonl",
        "models pull",
        "completion tcsh",
        "nothing",
    ],
)
def test_wrong_usage_leaves_with_2(run: Run, desks: list[FakeDesk], arguments: str) -> None:
    """Wrong usage says what is wrong, prints nothing and opens no desk; with --json as JSON too."""
    result = run(*arguments.split())
    assert (result.exit_code, result.stdout, desks) == (2, "", [])
    assert "Error: " in result.stderr
    told = [
        json.loads(line)
        for line in run(*arguments.split(), "--json").stderr.splitlines()
        if line.startswith("{")
    ]
    assert [error["exit_code"] for error in told] == [2]


def test_a_server_elsewhere_must_be_allowed(run: Run, desks: list[FakeDesk]) -> None:
    """Only --allow-remote, or the same in the file or the environment, takes one; it is off."""
    model = "https://models.example/v1#quill"
    run("make", "a.txt", "--model", model)
    run("make", "a.txt", "--model", model, "--allow-remote")
    run("extract", "a.txt", "-o", "-", env={"BRIEFING_ALLOW_REMOTE": "1"})
    Path("briefing.toml").write_text("allow_remote = true\n", "utf-8")
    run("make", "a.txt")
    assert [each.settings.allow_remote for each in desks] == [False, True, True, True]
    result = run("claims", "a.txt", "--allow-remote")
    assert (result.exit_code, len(desks)) == (2, 4), "nothing is written there"


WRONG = (
    "make note.txt --model stub --lang xx",
    "make note.txt --model stub --template none",
    "make note.txt --model stub --template ./none",
    "make note.txt --model stub --template own --lang de",
    "make note.txt --model stub --template own --page Letter",
    "make note.txt --model stub --template own --set mood=good",
    "make note.txt --model stub --format md",
    "make note.txt --model none",
    "make note.txt --model hf:./none",
    "make note.txt --model gguf:none.gguf",
    "make note.txt --model http://:80/v1",
    "extract note.txt --model stub --lang xx",
    "summarise note.txt --model none",
    "claims note.txt --model none",
    "check note.txt --against note.txt --model none",
    "templates show none",
    "templates check none",
    "templates preview none",
    "templates new None",
    "models show none",
    "models pull none/of/these",
)


@pytest.mark.parametrize("arguments", WRONG)
def test_what_is_named_wrong_leaves_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: str
) -> None:
    """So does what only the template or the model can tell; nothing is written."""
    monkeypatch.chdir(tmp_path)
    Path("note.txt").write_text("Per Aske writes: the ferry to Ostwick sails on Sundays.")
    own = Path("templates/own")
    shutil.copytree(STARTER, own)
    contract = own / "template.toml"
    contract.write_text(
        re.sub(r"^sizes = .*$", 'sizes = ["A4"]', contract.read_text("utf-8"), flags=re.MULTILINE)
    )
    result = call(*arguments.split())
    assert result.exit_code == 2, result.output
    assert result.stderr.startswith("Error: ")
    assert not Path("outputs").exists()


WITH_FILE = {
    name: command
    for name, command in COMMANDS.items()
    if any("--config" in each.opts for each in command.params)
}
OWN_NAMES = [
    (name, option, next(each for each in option.opts if each.startswith("--")))
    for name, command in WITH_FILE.items()
    for option in command.params
    if isinstance(option, click.Option) and option.allow_from_autoenv
    if "--config" not in option.opts
]
VALUES = {
    "date": "2026-11-20", "executor": "serial", "formats": "json", "gpus": 0.5, "options": {"a": "b"},
    "output": "out", "out": "out", "page": "Letter", "pages": 2, "recipient": "Ada <ada@b.example>",
    "sender": "Ada <ada@b.example>", "unsubscribe": "https://b.example/", "words": 9, "sentences": 4,
    "most": 3, "workers": 2, "timeout": 9.0, "memory": 900, "store": "kept", "only": "weekly",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "option", "flag"), OWN_NAMES, ids=[f"{one} {flag}" for one, _, flag in OWN_NAMES]
)
def test_every_option_can_stand_in_the_file_and_the_environment(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    option: click.Option,
    flag: str,
) -> None:
    """By its own name; it comes to the command as if it stood on the command line."""
    monkeypatch.chdir(tmp_path)
    heard: list[dict[str, Any]] = []

    def listen(**given: Any) -> None:
        notes = click.get_current_context().meta
        heard.append(given | {key: notes[key] for key in (QUIET, VERBOSE)})

    monkeypatch.setattr(WITH_FILE[name], "callback", listen)
    key = flag.removeprefix("--")
    value = True if option.is_flag else VALUES.get(option.name or "", "text")
    table = isinstance(value, dict)
    line = '{ a = "b" }' if table else json.dumps(value)
    Path("other.toml").write_text(f"{key} = {line}\n", "utf-8")
    text = "a=b" if table else str(value)
    arguments = [name] + ["other.toml"] * any(
        isinstance(each, click.Argument) and each.required for each in WITH_FILE[name].params
    )
    variable = f"BRIEFING_{key.replace('-', '_').upper()}"
    call(*arguments)
    call(*arguments, flag, *([] if option.is_flag else [text]))
    call(*arguments, "--config", "other.toml")
    CliRunner().invoke(main, arguments, env={variable: text})
    plain, by_flag, by_file, by_environment = heard
    assert plain != by_flag == by_file == by_environment


def test_what_a_flag_says_goes_before_the_file(run: Run) -> None:
    """Also where two options exclude each other, or one does not go with the call."""
    Path("briefing.toml").write_text("words = 9\nmost = 2\n", "utf-8")
    assert run("summarise", "a.txt", "--sentences", "1").exit_code == 0
    assert run("claims", "--jsonl", "-", stdin=b"").exit_code == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("workers = 0", "Correct `workers` in briefing.toml"),
        ("workers = true", "briefing.toml: workers: `True` is not"),
        ("fresh = 1", "briefing.toml: fresh: `1` is not true or false"),
        ("output = 'plan.toml'", "Correct `output` in briefing.toml"),
    ],
)
def test_a_wrong_key_of_a_batch_is_named(run: Run, text: str, told: str) -> None:
    """The file is read by `batch` as by all others."""
    Path("plan.toml").touch()
    Path("briefing.toml").write_text(text, "utf-8")
    result = run("batch", "plan.toml")
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("arguments", ["summarise a", "claims a", "check a --against b"])
def test_a_file_for_answers_goes_with_json_lines(run: Run, arguments: str) -> None:
    """The error and the help say so."""
    result = run(*arguments.split(), "-o", "out.txt")
    assert result.exit_code == 2
    assert "-o takes the answers to --jsonl" in " ".join(result.stderr.split())
    command = arguments.split()[0]
    assert "With --jsonl: file to write" in " ".join(run(command, "--help").stdout.split())


def test_a_wrong_environment_is_named(run: Run) -> None:
    """A value that stands in the environment is corrected there."""
    result = run("make", "a.txt", env={"BRIEFING_PAGES": "many"})
    assert result.exit_code == 2
    assert "BRIEFING_PAGES" in result.stderr


def test_formats_of_the_environment_have_two_names(run: Run, desks: list[FakeDesk]) -> None:
    """As the option is called, and as the key of the file is; a wrong one is named as given."""
    run("make", "a.txt", env={"BRIEFING_FORMAT": "html"})
    run("make", "a.txt", env={"BRIEFING_FORMATS": "json"})
    assert [desk.settings.formats for desk in desks] == [("html",), ("json",)]


@pytest.mark.parametrize(
    ("arguments", "told"), [("make", "SOURCE"), ("make a.txt --pages x", "--pages")]
)
def test_an_error_of_usage_has_its_words_in_json(run: Run, arguments: str, told: str) -> None:
    """What click prints for people stands in the JSON, too, with the option's name."""
    error = json.loads(run(*arguments.split(), "--json").stderr.splitlines()[0])
    assert told in error["message"]


def test_other_sources_of_the_same_title_have_another_folder(run: Run) -> None:
    """A brief does not replace that of other sources; the same sources come back to their own."""
    run("make", "ferry.txt")
    first = Path("outputs/the-ferry-to-ostwick/brief.json").read_bytes()
    document = replace(FINDINGS.documents[0], sha256="f" * 64)
    other = replace(FINDINGS, documents=(document, *FINDINGS.documents[1:]))

    class OtherDesk(FakeDesk):
        def read(self, *_: Any, **__: Any) -> Findings:
            return other

    for _ in range(2):
        result = CliRunner().invoke(main, ["extract", "other.txt"], obj=OtherDesk)
        assert result.stdout == "outputs/the-ferry-to-ostwick-2/brief.json\n"
    assert Path("outputs/the-ferry-to-ostwick/brief.json").read_bytes() == first


def test_an_error_says_what_to_do(run: Run) -> None:
    """An error has its message and its hint on standard error, and its exit code."""
    result = run("make", "lost.pdf")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: lost.pdf has no text layer\nHint: Run OCR first.\n"
    assert json.loads(run("make", "lost.pdf", "--json").stderr.splitlines()[-1]) == {
        "error": "SourceError",
        "message": "lost.pdf has no text layer",
        "hint": "Run OCR first.",
        "exit_code": 1,
    }


@pytest.mark.parametrize("command", ["make", "extract", "summarise", "claims"])
def test_unread_sources_leave_with_3(run: Run, command: str) -> None:
    """Where others were read, the work is done, and the rest is told."""
    result = run(command, "ferry.txt", "lost.pdf")
    assert result.exit_code == 3
    assert result.stdout
    assert "lost.pdf has no text layer" in result.stderr


def test_a_bug_keeps_its_traceback(run: Run) -> None:
    """What is not an error of ours is not swallowed."""
    assert isinstance(run("make", "bug").exception, ZeroDivisionError)


def test_an_interrupt_leaves_with_130(run: Run) -> None:
    """One line, no traceback, no files."""
    result = run("make", "wait")
    assert (result.exit_code, result.stdout) == (130, "")
    assert len(result.stderr.splitlines()) == 1
    assert not Path("outputs").exists()


def test_results_can_be_printed_as_json(run: Run) -> None:
    """With --json the result is one line for programs."""
    result = json.loads(run("make", "ferry.txt", "lost.pdf", "-o", "out", "--json").stdout)
    assert result == {
        "files": ["out/brief.html", "out/brief.json", "out/brief.pdf"],
        "title": "The ferry to Ostwick",
        "notices": ["ferry.txt was given twice and read once"],
        "warnings": ["one claim was cut"],
        "unread": [{"message": "lost.pdf has no text layer", "hint": "Run OCR first."}],
    }


def test_edits_survive_a_rerun(run: Run) -> None:
    """A file that a person changed stops the rerun; --force overwrites it."""
    run("make", "ferry.txt", "-o", "out")
    Path("out/brief.html").write_bytes(b"edited")
    result = run("make", "ferry.txt", "-o", "out", "--page", "Letter")
    assert result.exit_code == 1
    assert "out/brief.html" in result.stderr
    assert "--force" in result.stderr
    assert b"A4" in Path("out/brief.pdf").read_bytes()
    assert run("make", "ferry.txt", "-o", "out", "--page", "Letter", "--force").exit_code == 0
    assert b"Letter" in Path("out/brief.html").read_bytes()


def test_standard_input_is_read_only_if_asked_for(run: Run) -> None:
    """A hyphen is standard input."""
    assert run("make", "-", stdin=b"text").exit_code == 0


def test_extract_writes_what_was_found(run: Run) -> None:
    """Into a folder named after the title, a named file, a folder that is there, or a pipe."""
    expected = dump_findings(FINDINGS)
    assert run("extract", "a.txt").stdout == "outputs/the-ferry-to-ostwick/brief.json\n"
    assert run("extract", "a.txt", "-o", "new/mine.json").stdout == "new/mine.json\n"
    assert run("extract", "a.txt", "-o", "-").stdout_bytes == expected
    assert Path("outputs/the-ferry-to-ostwick/brief.json").read_bytes() == expected
    assert Path("new/mine.json").read_bytes() == expected
    assert run("extract", "a.txt", "-o", "new").stdout == "new/brief.json\n"


def test_extract_obeys_the_output_that_is_set(run: Run) -> None:
    """A folder of the file, or of the environment, as for `make`; -o wins, JSON lines have none."""
    Path("briefing.toml").write_text('output = "of-file"\n', "utf-8")
    env = {"BRIEFING_OUTPUT": "of-environment"}
    assert run("extract", "a.txt").stdout == "of-file/brief.json\n"
    assert run("extract", "a.txt", env=env).stdout == "of-environment/brief.json\n"
    assert run("extract", "a.txt", "-o", "mine.json", env=env).stdout == "mine.json\n"
    lines = b'{"id": 1, "text": "One."}'
    assert run("extract", "--jsonl", "-", stdin=lines, env=env).stdout.startswith('{"id"')


def test_extract_keeps_an_edited_file(run: Run) -> None:
    """Reading again does not undo a person's work."""
    Path("brief.json").write_bytes(b"{}")
    assert run("extract", "a.txt", "-o", "brief.json").exit_code == 1
    assert Path("brief.json").read_bytes() == b"{}"
    assert run("extract", "a.txt", "-o", "brief.json", "--force").exit_code == 0


def test_extract_answers_json_lines(run: Run) -> None:
    """From a file or standard input, to a file or standard output; a bad line leaves 3."""
    lines = b'{"id": 1, "text": "One."}\n\n{"id": 2, "text": "a bug"}\n{"id": 3, "text": ""}\n'
    Path("in.jsonl").write_bytes(lines)
    printed = run("extract", "--jsonl", "-", stdin=lines)
    written = run("extract", "--jsonl", "in.jsonl", "-o", "out.jsonl")
    assert printed.stdout_bytes == Path("out.jsonl").read_bytes()
    assert [json.loads(line)["id"] for line in printed.stdout.splitlines()] == [1, 2, 3]
    assert printed.exit_code == written.exit_code == 3
    assert "1 of 3 lines" in written.stderr
    assert written.stdout == ""
    assert run("extract", "--jsonl", "-", stdin=lines[:25]).exit_code == 0


@pytest.mark.parametrize("command", ["extract", "claims", "summarise", "check"])
def test_json_lines_are_not_overwritten(run: Run, command: str) -> None:
    """Neither what is read, by whatever name, nor a file of others; --force spares what is read."""
    Path("in.jsonl").write_bytes(b"{}\n")
    Path("link.jsonl").symlink_to("in.jsonl")
    Path("notes.jsonl").write_bytes(b"mine")
    failed = 4 if command == "check" else 1
    for force in ((), ("--force",)):
        for target in ("in.jsonl", "./in.jsonl", "link.jsonl"):
            result = run(command, "--jsonl", "in.jsonl", "-o", target, *force)
            assert (result.exit_code, result.stdout) == (failed, "")
            assert f"{Path(target)} is what is read" in result.stderr
    result = run(command, "--jsonl", "in.jsonl", "-o", "notes.jsonl")
    assert (result.exit_code, result.stdout) == (failed, "")
    assert "notes.jsonl was changed since it was written, or was not written here" in result.stderr
    assert Path("in.jsonl").read_bytes() == b"{}\n"
    assert Path("notes.jsonl").read_bytes() == b"mine"
    for force in (("--force",), ()):
        result = run(command, "--jsonl", "in.jsonl", "-o", "notes.jsonl", *force)
        assert "1 of 1 lines failed" in result.stderr
        assert b'"error"' in Path("notes.jsonl").read_bytes()


def test_claims_answers_json_lines(run: Run) -> None:
    """From a file or standard input, to a file or standard output; a bad line leaves 3."""
    lines = b'{"id": 1, "sentence": "One two."}\n\n{"id": 2, "sentence": "a bug"}\n{"id": 3}\n'
    Path("in.jsonl").write_bytes(lines)
    printed = run("claims", "--jsonl", "-", stdin=lines)
    written = run("claims", "--jsonl", "in.jsonl", "-o", "out.jsonl")
    assert printed.stdout_bytes == Path("out.jsonl").read_bytes()
    first, *bad = map(json.loads, printed.stdout.splitlines())
    assert first == {"id": 1, "score": 0.2}
    assert [(each["id"], "error" in each) for each in bad] == [(2, True), (3, True)]
    assert printed.exit_code == written.exit_code == 3
    assert "2 of 3 lines" in written.stderr
    assert written.stdout == ""
    assert run("claims", "--jsonl", "-", stdin=lines[:34]).exit_code == 0


def test_claims_prints_what_is_worth_checking(run: Run) -> None:
    """One claim a line: its score, who holds it, its words; no more than asked for."""
    printed = run("claims", "a.txt").stdout
    assert printed == "0.80  Per Aske  The ferry to Ostwick may stop in March.\n"
    ((claim,), (same,)) = (
        json.loads(run("claims", "a.txt", *most, "--json").stdout)
        for most in ([], ["--most", "1"])
    )
    assert (claim["score"], claim["holders"], claim["span"]) == (0.8, ["Per Aske"], [0, 0, 39])
    assert same == claim


def test_check_leaves_with_its_verdict(run: Run) -> None:
    """0 where all is supported, 1 where not; the sentence, its verdict and its evidence are told."""
    good = run("check", "a.txt", "--against", "b.txt")
    assert good.exit_code == 0
    assert good.stdout.startswith(f"SUPPORTED (1.00)  {TEXT}\n  ferry.txt: {TEXT}\n")
    bad = run("check", "other.txt", "--against", "a.txt")
    assert bad.exit_code == 1
    assert bad.stdout.startswith("UNSUPPORTED (0.00)  No ferry sails.\n\n")
    assert bad.stdout.endswith(": 1 unsupported\n")


@pytest.mark.parametrize(("text", "code"), [("a.txt", 3), ("other.txt", 1)])
def test_an_unread_source_does_not_hide_a_verdict(run: Run, text: str, code: int) -> None:
    """What is unsupported leaves with 1, else a source that was not read with 3; it is named."""
    result = run("check", text, "--against", "lost.pdf", "b.txt")
    assert result.exit_code == code
    assert "lost.pdf has no text layer" in result.stderr
    assert result.stdout


@pytest.mark.parametrize("command", ["check", "verify"])
def test_every_exit_code_of_a_verdict_is_told(run: Run, command: str) -> None:
    """The help names each, and so does the paragraph of the README."""
    told = " ".join(run(command, "--help").stdout.split())
    assert re.findall(r"\b(\d) (?:if|for)", told.partition("exit code is")[2])[:5] == [*"01234"]
    (paragraph,) = (
        each
        for each in README.read_text("utf-8").split("\n\n")
        if f"`briefing {command} " in " ".join(each.split())
        and "exit code is" in " ".join(each.split())
    )
    codes = " ".join(paragraph.split()).partition("exit code is")[2]
    assert re.findall(r"\b(\d) (?:if|for)", codes) == [*"01234"]


def test_check_takes_several_sources(run: Run) -> None:
    """All that stands behind --against are sources, as a shell spells out a pattern."""
    asked: list[tuple[str, ...]] = []

    class Noting(FakeDesk):
        def gather(self, sources: Any, **given: Any) -> Any:
            asked.append(tuple(sources))
            return super().gather(sources, **given)

    arguments = ["check", "a.txt", "--against", "b.txt", "c.txt", "--against", "d.txt"]
    result = CliRunner().invoke(main, arguments, obj=Noting)
    assert result.exit_code == 0
    assert asked[0] == ("a.txt",)
    assert sorted(asked[1]) == ["b.txt", "c.txt", "d.txt"]


def test_check_tells_all_in_json(run: Run) -> None:
    """With --json: the verdict of the whole, how many there are of each, and every sentence."""
    result = run("check", "a.txt", "--against", "b.txt", "--json")
    found = json.loads(result.stdout)
    assert (found["supported"], found["counts"]["supported"]) == (True, 1)
    (sentence,) = found["sentences"]
    whole = [0, len(TEXT)]
    assert sentence == {
        "text": TEXT,
        "span": whole,
        "verdict": "supported",
        "score": 1.0,
        "reasons": [],
        "evidence": [{"source": "ferry.txt", "span": whole, "quote": TEXT}],
    }


@pytest.mark.parametrize("arguments", ["lost.pdf --against a.txt", "a.txt --against lost.pdf"])
def test_check_leaves_with_4_where_it_could_not(run: Run, arguments: str) -> None:
    """What was not read is neither right nor wrong: the error is told, and nothing printed."""
    result = run("check", *arguments.split())
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr == "Error: lost.pdf has no text layer\nHint: Run OCR first.\n"
    told = run("check", *arguments.split(), "--json").stderr.splitlines()[-1]
    assert json.loads(told)["message"] == "lost.pdf has no text layer"


def test_check_takes_one_text(tmp_path: Path) -> None:
    """A folder of several is none: it is told what to name, as where nothing could be read."""
    (tmp_path / "a.txt").write_text("The bridge of Wend is shut.", "utf-8")
    (tmp_path / "b.txt").write_text("The ferry sails.", "utf-8")
    folder, source = str(tmp_path), str(tmp_path / "a.txt")
    arguments = ["check", folder, "--against", source, "--model", "stub"]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "\nHint: " in result.stderr


def test_a_bug_in_check_is_no_verdict(run: Run) -> None:
    """What is not an error of ours keeps its traceback."""
    assert isinstance(run("check", "bug", "--against", "a.txt").exception, ZeroDivisionError)


def test_check_reads_the_text_from_standard_input(run: Run) -> None:
    """A hyphen in place of the text."""
    assert run("check", "-", "--against", "a.txt", stdin=b"text").exit_code == 0


def test_check_answers_json_lines(run: Run) -> None:
    """From a file or standard input, to a file or standard output; a bad line leaves 3.

    A claim that is not supported is an answer like any other, and leaves 0.
    """
    good = b'{"id": 1, "document": "No ferry sails.", "claim": "tram"}\n'
    Path("in.jsonl").write_bytes(good + b'{"id": 2}\n')
    printed = run("check", "--jsonl", "-", stdin=Path("in.jsonl").read_bytes())
    written = run("check", "--jsonl", "in.jsonl", "-o", "out.jsonl")
    assert printed.stdout_bytes == Path("out.jsonl").read_bytes()
    first, bad = map(json.loads, printed.stdout.splitlines())
    assert first == {"id": 1, "score": 0.0, "supported": False, "evidence": []}
    assert (bad["id"], "error" in bad) == (2, True)
    assert printed.exit_code == written.exit_code == 3
    assert run("check", "--jsonl", "-", stdin=good).exit_code == 0


def test_check_shows_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With stand-ins for the models: each verdict, fault and nearest sentence, for people and programs."""
    monkeypatch.chdir(tmp_path)
    right, wrong = (f"The bridge of Wend carries {count} cars a day." for count in (900, 800))
    Path("a.txt").write_text(right, "utf-8")
    text = f"{right}\n\n{wrong}\n"
    Path("draft.md").write_text(text, "utf-8")
    arguments = ["check", "draft.md", "--against", "a.txt", "--model", "stub"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    first, second, counts = result.stdout.split("\n\n")
    assert first.startswith(f"SUPPORTED (1.00)  {right}\n")
    assert second.startswith("UNSUPPORTED (")
    assert "\n  ! “800 cars a day” stands nowhere in the sources" in second
    assert f"\n  a.txt: {right}" in second
    assert counts == "2 sentences: 1 supported, 1 unsupported\n"
    found = json.loads(CliRunner().invoke(main, [*arguments, "--json"]).stdout)
    assert (found["supported"], found["counts"]["unsupported"]) == (False, 1)
    reason = found["sentences"][1]["reasons"][0]
    assert (reason["kind"], text[slice(*reason["span"])][:3]) == ("number", "800")
    assert reason["misattributed"] is False


def test_verbose_tells_how_a_line_failed(run: Run) -> None:
    """With -v the traceback of a bad line goes to standard error."""
    bad = b'{"id": 2, "text": "a bug"}'
    assert "Traceback" in run("extract", "--jsonl", "-", "-v", stdin=bad).stderr
    assert "Traceback" not in run("extract", "--jsonl", "-", stdin=bad).stderr


def test_render_prints_beside_the_file(run: Run) -> None:
    """The edited findings are printed, and stay as they were edited."""
    run("make", "ferry.txt", "-o", "out")
    path = Path("out/brief.json")
    edited = path.read_text("utf-8").replace('The ferry to Ostwick",', 'No ferry?",', 1)
    path.write_text(edited, "utf-8")
    result = run("render", "out/brief.json", "-t", "memo")
    assert (result.exit_code, result.stdout) == (0, "out/brief.html\nout/brief.pdf\n")
    assert path.read_text("utf-8") == edited
    assert Path("out/brief.pdf").read_bytes() == b"No ferry?, memo, A4, pdf"


def test_render_prints_elsewhere(run: Run) -> None:
    """In another folder the brief is whole; standard input has no folder of its own."""
    data = dump_findings(FINDINGS)
    Path("mine.json").write_bytes(data)
    expected = "other/brief.html\nother/brief.json\nother/brief.pdf\n"
    assert run("render", "mine.json", "-o", "other").stdout == expected
    result = run("render", "-", "--format", "html", stdin=data)
    assert result.stdout == "outputs/the-ferry-to-ostwick/brief.html\n"


def test_render_refuses_what_does_not_fit(run: Run) -> None:
    """An edit that breaks a quotation is told with its place."""
    data = dump_findings(FINDINGS).replace(b'"quote": "The ferry', b'"quote": "No ferry')
    Path("brief.json").write_bytes(data)
    result = run("render", "brief.json")
    assert result.exit_code == 1
    assert "brief.json: $.bottom_line[0].evidence[0].quote" in result.stderr


def test_summarise_prints_the_summary(run: Run) -> None:
    """So many words or sentences, as text or JSON."""
    assert run("summarise", "a.txt", "--words", "2").stdout == "The ferry\n"
    assert run("summarise", "a.txt", "--sentences", "3").stdout == "The ferry to\n"
    assert run("summarise", "a.txt").stdout == "The ferry to Ostwick may\n"
    assert json.loads(run("summarise", "a.txt", "--words", "2", "--json").stdout) == {
        "summary": "The ferry",
        "spans": [[0, 0, 9]],
        "documents": ["ferry.txt"],
    }


def test_summarise_answers_json_lines(run: Run) -> None:
    """One summary a line, in order."""
    lines = json.dumps({"id": "x", "text": TEXT}).encode() + b"\nnope\n"
    result = run("summarise", "--jsonl", "-", "-o", "out.jsonl", "--words", "1", stdin=lines)
    found, error = map(json.loads, Path("out.jsonl").read_text("utf-8").splitlines())
    assert found == {"id": "x", "summary": "The", "spans": [[0, 3]]}
    assert "error" in error
    assert result.exit_code == 3


def test_summarise_takes_a_focus(run: Run) -> None:
    """For all sources or lines, and another for one line; one that no text has a word of fails."""
    assert run("summarise", "a.txt", "--focus", "ferry", "--words", "1").stdout == "The\n"
    failed = run("summarise", "a.txt", "--focus", "tram")
    assert (failed.exit_code, failed.stdout) == (1, "")
    assert failed.stderr == "Error: nothing about tram\nHint: Leave it out.\n"
    lines = b"".join(
        json.dumps({"id": number, "text": TEXT} | focus).encode() + b"\n"
        for number, focus in enumerate(({"focus": "tram"}, {}, {"focus": "pay"}, {"focus": ""}))
    )
    result = run("summarise", "--jsonl", "-", "--focus", "ferry", "--words", "1", stdin=lines)
    first, *others = map(json.loads, result.stdout.splitlines())
    assert first == {"id": 0, "error": "nothing about tram. Leave it out."}
    assert others == [{"id": at, "summary": "The", "spans": [[0, 3]]} for at in (1, 2, 3)]
    assert result.exit_code == 3


def test_templates_are_listed_and_shown(run: Run) -> None:
    """For people as a table, for programs as JSON; the schema is that of the brief."""
    assert "one-page  " in run("templates", "list").stdout
    assert "one-page" in [
        each["name"] for each in json.loads(run("templates", "list", "--json").stdout)
    ]
    assert "page_sizes" in run("templates", "show", "one-page").stdout
    assert json.loads(run("templates", "show", "--json").stdout)["name"] == "one-page"
    assert run("templates", "show", "--schema").stdout_bytes == brief_schema()
    assert run("templates", "show", "none").exit_code == 2


def test_an_option_of_a_template_is_set(run: Run, desks: list[FakeDesk], tmp_path: Path) -> None:
    """`--set` names an option of the template; so does a table in the file."""
    assert run(*"make a.txt --set accent=plum --set charts=no".split()).exit_code == 0
    assert desks[-1].settings.options == (("accent", "plum"), ("charts", "no"))
    (tmp_path / "briefing.toml").write_text('set = { accent = "teal", columns = 2 }')
    assert run("make", "b.txt", "--force").exit_code == 0
    assert desks[-1].settings.options == (("accent", "teal"), ("columns", "2"))


def test_a_brief_is_rendered_in_another_language(run: Run, desks: list[FakeDesk]) -> None:
    """`render --lang` words anew what was read in another language; by default it stays."""
    run("extract", "a.txt", "-o", "brief.json")
    run(*"render brief.json --lang fr --format html".split())
    assert desks[-1].settings.language == "fr"
    run(*"render brief.json --format html --force".split())
    assert desks[-1].settings.language == "en"


EXAMPLE = shipped("templates") / "one-page" / "example.json"
SEED = shipped("templates").parent / "seeds" / "harbour-dues"
SOURCES = tuple(
    str(SEED / name)
    for name in ("wire-report.txt", "ministry-statement.html", "research-note.pdf")
)


def test_proof_sets_a_brief_beside_its_sources(tmp_path: Path) -> None:
    """The sheet stands beside the brief, or goes to standard output, and holds the sources."""
    target = tmp_path / "sheet.html"
    result = call("proof", str(EXAMPLE), "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    assert "Sandermouth" in target.read_text()
    assert call("proof", str(EXAMPLE), "-o", "-").stdout_bytes == target.read_bytes()


def test_verify_leaves_with_its_verdict(tmp_path: Path) -> None:
    """A finished PDF holds with its sources, not without them; what is no PDF was not checked."""
    assert call("render", str(EXAMPLE), "-o", str(tmp_path), "--format", "pdf").exit_code == 0
    pdf = str(tmp_path / "brief.pdf")
    whole = call("verify", pdf, *SOURCES)
    assert (whole.exit_code, whole.stdout.splitlines()[-1]) == (0, "Everything holds.")
    part = call("verify", pdf, *SOURCES[:1])
    assert part.exit_code == 1
    assert "MISSING" in part.stdout
    lost = str(tmp_path / "lost.txt")
    assert call("verify", pdf, *SOURCES[:1], lost).exit_code == 1
    assert call("verify", pdf, *SOURCES, lost).exit_code == 3
    told = json.loads(call("verify", pdf, *SOURCES, "--json").stdout)
    assert told["holds"] is True
    assert call("verify", str(EXAMPLE), *SOURCES).exit_code == 4


def test_a_template_is_begun_and_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new template passes; one that loses a holder fails, with file and line."""
    monkeypatch.chdir(tmp_path)
    assert call("templates", "new", "gazette").stdout == "templates/gazette\n"
    assert call("templates", "new", "gazette").exit_code == 1
    good = call("templates", "check", "gazette", "--json")
    assert good.exit_code == 0, good.stdout
    page = tmp_path / "templates" / "gazette" / "brief.html.j2"
    page.write_text(page.read_text().replace("brief.title", "brief.titel", 1))
    bad = call("templates", "check", "gazette")
    assert bad.exit_code == 1
    assert "brief.html.j2:" in bad.stdout
    assert "titel" in bad.stdout


def test_models_are_listed_shown_and_checked(run: Run) -> None:
    """The reader has a card and files, the writers have not."""
    listed = {each["name"]: each for each in json.loads(run("models", "list", "--json").stdout)}
    assert {"reader", "verbatim", "stub"} <= listed.keys()
    assert listed["reader"]["sha256"]
    assert listed["reader"]["sha256"][:12] in run("models", "list").stdout
    assert "licence" in run("models", "show", "reader").stdout
    assert json.loads(run("models", "show", "stub", "--json").stdout)["kind"] == "stand-in"
    assert run("models", "check").stdout.startswith("reader  ")
    assert run("models", "check", "none").exit_code == 2


class Terminal(BytesIO):
    """Standard input at which somebody sits."""

    def isatty(self) -> bool:
        """Somebody can be asked."""
        return True


PLAN = hub.Plan(
    "brink/quill",
    "https://hub.example/brink/quill",
    "c0ffee1" * 5,
    "mit",
    ("a.json", "b.json"),
    9,
    Path("cache"),
)


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[hub.Plan]:
    """What was fetched from a hub that is made up."""
    agreed: list[hub.Plan] = []

    def pull(plan: hub.Plan, _: object) -> hub.Pulled:
        agreed.append(plan)
        return hub.Pulled(plan.name, plan.commit, plan.licence, plan.folder, plan.size_bytes)

    monkeypatch.setattr(hub, "plan", lambda name: replace(PLAN, name=name))
    monkeypatch.setattr(hub, "pull", pull)
    return agreed


def test_a_model_is_fetched_once_agreed_to(run: Run, fetched: list[hub.Plan]) -> None:
    """What it is, its licence and its size are told first; what `--model` takes is printed."""
    result = run("models", "pull", "brink/other", "--yes")
    assert (result.exit_code, result.stdout) == (0, "hf:brink/other\n")
    assert all(words in result.stderr for words in ("licence  mit", "c0ffee1", "2 files"))
    assert [plan.name for plan in fetched] == ["brink/other"]
    found = json.loads(run("models", "pull", "brink/quill", "--yes", "--json").stdout)
    assert (found["name"], found["folder"]) == ("brink/quill", "cache")


def test_nothing_is_fetched_unasked(run: Run, fetched: list[hub.Plan]) -> None:
    """Where nobody can be asked it is an error of usage, after the plan was told."""
    result = run("models", "pull", "brink/quill", stdin=b"y\n")
    assert (result.exit_code, result.stdout, fetched) == (2, "", [])
    assert "licence  mit" in result.stderr
    assert "--yes" in result.stderr


@pytest.mark.parametrize(("typed", "count"), [(b"y\n", 1), (b"n\n", 0), (b"\n", 0)])
def test_whoever_sits_at_a_terminal_is_asked(
    run: Run, fetched: list[hub.Plan], typed: bytes, count: int
) -> None:
    """Only a yes fetches."""
    result = run("models", "pull", "brink/quill", stdin=Terminal(typed))
    assert (result.exit_code, len(fetched)) == (0, count)
    assert ("Nothing was fetched." in result.stderr) is (count == 0)


def test_a_model_that_is_not_there_is_an_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the hub says is told, with what to do."""

    def fail(_: str) -> hub.Plan:
        raise ModelError("there is no model x on the hub", hint="See whether its page is there.")

    monkeypatch.setattr(hub, "plan", fail)
    result = run("models", "pull", "x", "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: there is no model x on the hub\nHint: See whether")


def test_the_doctor_tells_what_is_missing(run: Run) -> None:
    """0 where a brief can be made, 1 where not."""
    assert run("doctor").exit_code == 0
    assert {"name", "state", "found", "advice"} == json.loads(run("doctor", "--json").stdout)[
        0
    ].keys()
    Path("taken").write_bytes(b"")
    result = run("doctor", "-o", "taken/below")
    assert result.exit_code == 1
    assert "missing  output folder" in result.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(run: Run, shell: str) -> None:
    """The script asks the command itself."""
    assert "_BRIEFING_COMPLETE" in run("completion", shell).stdout


def test_the_version_is_printed(run: Run) -> None:
    """One line, with the name."""
    assert run("--version").stdout == f"briefing, version {__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(run: Run, name: str) -> None:
    """Every command says what it does, and every option what it is for."""
    assert COMMANDS[name].help
    assert run(*name.split(), "--help").exit_code == 0
    options = [each for each in COMMANDS[name].params if isinstance(each, click.Option)]
    assert all(option.help for option in options)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    """Whoever reads the README meets every command."""
    assert f"briefing {name}" in README.read_text("utf-8")


def test_help_loads_nothing_heavy() -> None:
    """`briefing --help` answers at once: nothing is imported but what parses."""
    code = (
        "import sys\n"
        "from briefing.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        f"print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stderr == "[]\n"
    assert "Usage:" in told.stdout


def test_render_and_lists_load_no_model() -> None:
    """What reads no document needs no torch."""
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from briefing.cli import main\n"
        "for args in (['templates', 'list'], ['models', 'list'], ['models', 'check']):\n"
        "    assert CliRunner().invoke(main, args).exit_code == 0, args\n"
        "print('torch' in sys.modules, 'spacy' in sys.modules)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False False\n"

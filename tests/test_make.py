"""Making a brief from end to end: what is written, that it repeats, that it opens no socket."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from command import CALL, call, finish, start
from pypdfium2 import PdfDocument

from briefing.document import Document, Sentence, Span
from briefing.findings import Reading, Statement, single_marks
from briefing.pipeline import contests
from briefing.relate import Agreement, Pair
from briefing.relate.origins import find_origins
from briefing.relate.places import Place
from briefing.render.text import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ("pdf", "html", "json")
DATE = "2026-11-22"
OPINION = """By Nell Oddie

The talks between Tarn and Velm at Lake Orrin ended on Friday without a treaty. That is still good \
news. For the first time in nine years the two governments sat at one table, and the guns on the \
river were silent.

Nobody should mistake this for peace. “We will not sign away the upper valley,” said Davin Roke, \
the president of Tarn, when he came out. Irsa Kole and Bram Tessen warned that the dam would flood \
eleven villages.

Velm appears to want a pause rather than a settlement. It probably needs the winter to repair its \
bridges. The so-called “river of friendship” has carried little friendship, and the “experts” who \
drew the map have never stood on its banks.

A lasting peace must begin with the water. Tarn should open its sluices, and Velm should pay for \
the damage. Until both do so, the talks at Lake Orrin are a photograph and nothing more.
"""
LETTER = """# A second crossing for Hollin Ferry

*By Oda Brisk*, 12 March 2026

The parish council opposes the second crossing. It would cost 4 million crowns, says the council, \
and might bring “more lorries than light”. Jorun Pask, who keeps the old ferry, expects the water \
to rise by 30 centimetres. “Nobody asked the river,” she said.
"""
BRIDGE = {
    "council.txt": """By Oda Brisk

The council of Hollin met on Tuesday. The new bridge at Hollin will cost 40 million crowns. The \
old bridge was shut in March.
""",
    "harbour.txt": """By Tam Reeve

Boats will have to wait for two winters. The new bridge at Hollin will cost 65 million crowns. \
No ferry will run at night.
""",
    "weekly.txt": """By Ida Falk

It will cost the town dear. In the end 65 million crowns is what the new bridge at Hollin will \
cost. Engineers have tested the ground on both banks of the river.
""",
}
COUNCIL = "The council of Hollin opposes the night ferry across the sound."
PASK = "Jorun Pask supports the night ferry across the sound."
AGAIN = "In a full hall by the docks Jorun Pask opposed the night ferry."
FERRY = {
    "brisk.txt": f"""Two sides of the sound

By Oda Brisk

12 March 2026

{COUNCIL} The ferry was ordered on 3 March 2026 from a yard in Tarn. It has one deck and two engines.

{PASK} The old pier was closed in May 2025 after a storm had broken its piles.
""",
    "reeve.txt": """From the yard

By Tam Reeve

1 July 2026

The Harbour Union supports the night ferry across the sound. The keel of the ferry was laid on \
9 June 2026 in the yard at Tarn. Nobody counts the gulls.

Engineers have not yet said who pays the crew.
""",
    "falk.txt": f"""This week in the hills

By Ida Falk

2 August 2026

Bread prices rose in the hills around the town. Bakers blame the price of flour for it. Millers \
blame a wet spring.

The town will vote on the ferry on 14 September 2026 in the hall. {AGAIN}
""",
}
# urllib3, which comes with a library, tries on import whether port 0 of ::1 can be bound.
LISTENING = f"""
import sys
def tell(event, arguments):
    if event.startswith("socket."):
        print("socket used:", event, arguments, file=sys.stderr)
sys.addaudithook(tell)
{CALL}
"""
QUOTATION = re.compile(r"“([^”]+)”")
INSERTED = re.compile(r"\s*\[[^\]]*\]\s*")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two texts."""
    monkeypatch.chdir(tmp_path)
    write_texts(tmp_path)
    return tmp_path


def write_texts(folder: Path) -> None:
    """Put the sample texts into `folder`."""
    (folder / "opinion.txt").write_text(OPINION, "utf-8")
    (folder / "letter.md").write_text(LETTER, "utf-8")


def make_apart(folder: Path, model: str, seed: str, zone: str) -> tuple[dict[str, bytes], str]:
    """Make a brief in a process that tells of sockets; the files, and standard error."""
    folder.mkdir(exist_ok=True)
    write_texts(folder)
    env = {"PYTHONHASHSEED": seed, "TZ": zone}
    arguments = ("make", "opinion.txt", "letter.md", "--model", model, "--date", DATE, "-o", "out")
    code, _, err = finish(start(*arguments, cwd=folder, env=env, code=LISTENING))
    assert code == 0, err
    return {name: (folder / "out" / f"brief.{name}").read_bytes() for name in FORMATS}, err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the shipped reader makes of the sample texts, twice, each time in another setting."""
    first, err = make_apart(tmp_path_factory.mktemp("first"), "verbatim", "1", "Asia/Tokyo")
    second, _ = make_apart(tmp_path_factory.mktemp("second"), "verbatim", "2", "America/Lima")
    return {"first": first, "second": second, "stderr": err}


@pytest.fixture(scope="module")
def opinion(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The `brief.json` that the shipped reader makes of the opinion piece alone."""
    folder = tmp_path_factory.mktemp("opinion")
    write_texts(folder)
    result = call("make", str(folder / "opinion.txt"), "--format", "json", "-o", str(folder))
    assert result.exit_code == 0, result.stderr
    brief: dict[str, Any] = json.loads((folder / "brief.json").read_bytes())
    return brief


@cache
def flat(text: str) -> str:
    """A source as a quotation prints it: white space folded, double marks made single."""
    return single_marks(" ".join(text.split()))


def quotations(html: str) -> Iterator[str]:
    """Every run of words that the page prints between quotation marks."""
    for quotation in QUOTATION.findall(html_text(html)):
        yield from filter(None, INSERTED.split(quotation))


def words_of(findings: dict[str, Any], spans: list[list[int]]) -> str:
    """What stands at `spans` of the first document."""
    return " … ".join(findings["documents"][0]["text"][start:end] for start, end in spans)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The `brief.json` of three texts, of which one contradicts two."""
    folder = tmp_path_factory.mktemp("bridge")
    for name, text in BRIDGE.items():
        (folder / name).write_text(text, "utf-8")
    result = call("make", str(folder), "--format", "json,html", "-o", str(folder / "out"))
    assert result.exit_code == 0, result.stderr
    brief: dict[str, Any] = json.loads((folder / "out" / "brief.json").read_bytes())
    return brief | {"html": (folder / "out" / "brief.html").read_text("utf-8")}


def lines(brief: dict[str, Any]) -> list[dict[str, Any]]:
    """Every statement that is printed."""
    return [brief["bottom_line"], *brief["summary"], *brief["claims"], *brief["positions"]]


def test_make_writes_pdf_html_and_json(folder: Path) -> None:
    """One command makes a brief of one page in three formats; the PDF's path is the last line."""
    result = call("make", "opinion.txt", "letter.md", "--model", "stub", "--title", "Two waters")
    place = Path("outputs/two-waters")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines() == [
        str(place / f"brief.{name}") for name in ("html", "json", "pdf")
    ]
    with PdfDocument(place / "brief.pdf") as pdf:
        assert len(pdf) == 1
        assert pdf.get_metadata_dict()["Title"] == "Two waters"
    assert "<h1" in (place / "brief.html").read_text("utf-8")
    assert json.loads((place / "brief.json").read_bytes())["brief"]["title"] == "Two waters"


def test_the_page_says_what_was_not_read(folder: Path) -> None:
    """Its reader is told as the user is, who is told once; the folder is left out."""
    sources = ("opinion.txt", str(folder / "lost.txt"))
    result = call("make", *sources, "--model", "stub", "--format", "html,json", "-o", "out")
    assert (result.exit_code, result.stderr.count("lost.txt")) == (3, 1)
    notice = "Not read: lost.txt does not exist"
    assert notice in json.loads(Path("out/brief.json").read_bytes())["notices"][0]
    assert notice in html_text(Path("out/brief.html").read_text("utf-8"))


def test_render_prints_what_extract_found(folder: Path) -> None:
    """Extract and render make together what make makes alone."""
    shared = ("--model", "stub", "--date", DATE)
    assert call("make", "opinion.txt", *shared, "-o", "at-once").exit_code == 0
    assert call("extract", "opinion.txt", *shared, "-o", "found/brief.json").exit_code == 0
    assert call("render", "found/brief.json", "-o", "rendered").exit_code == 0
    for name in FORMATS:
        expected = (folder / "at-once" / f"brief.{name}").read_bytes()
        assert (folder / "rendered" / f"brief.{name}").read_bytes() == expected


def test_an_edit_to_the_findings_is_printed(folder: Path) -> None:
    """A title changed in brief.json stands on the page that render makes."""
    call("extract", "opinion.txt", "--model", "stub", "-o", "brief.json")
    findings = json.loads(Path("brief.json").read_bytes())
    Path("brief.json").write_text(json.dumps(findings | {"title": "Water first"}), "utf-8")
    assert call("render", "brief.json", "--format", "html").exit_code == 0
    assert "Water first" in html_text(Path("brief.html").read_text("utf-8"))


def test_the_same_command_gives_the_same_bytes(tmp_path: Path) -> None:
    """Neither the seed of hashes nor the time zone changes a byte of what the stub makes."""
    first, _ = make_apart(tmp_path / "first", "stub", "1", "Asia/Tokyo")
    second, _ = make_apart(tmp_path / "second", "stub", "2", "America/Lima")
    assert first == second


@pytest.mark.reader
def test_the_reader_gives_the_same_bytes(made: dict[str, Any]) -> None:
    """Nor of what the shipped reader makes."""
    assert made["first"] == made["second"]


@pytest.mark.reader
def test_reading_and_printing_use_no_network(made: dict[str, Any]) -> None:
    """From the first import to the PDF no address is looked up, connected to or listened on."""
    assert made["stderr"] == ""


def test_no_command_needs_a_network(folder: Path) -> None:
    """With sockets forbidden, as they are in all tests, make, extract and render do their work."""
    assert call("make", "letter.md", "--model", "stub", "-o", "out").exit_code == 0
    assert call("extract", "letter.md", "--model", "stub", "-o", "brief.json").exit_code == 0
    assert call("render", "brief.json", "-o", "again", "--format", "pdf").exit_code == 0


@pytest.mark.reader
def test_every_printed_quotation_stands_in_a_source(made: dict[str, Any]) -> None:
    """What stands between quotation marks on the page stands, word for word, in one source."""
    printed = list(quotations(made["first"]["html"].decode()))
    assert len(printed) > 8
    for quotation in printed:
        assert any(quotation in flat(source) for source in (OPINION, LETTER)), quotation


@pytest.mark.reader
def test_positions_are_those_of_their_actors(opinion: dict[str, Any]) -> None:
    """Quoted, inferred, and coordinated speakers each have their own position and basis."""
    found = {
        (each["actor"], each["stance"], each["basis"], each["quoted"], each["hedged"])
        for each in opinion["readings"][0]["positions"]
    }
    assert found == {
        ("Davin Roke", "rejects", "reported", True, False),
        ("Irsa Kole", "warns", "reported", False, False),
        ("Bram Tessen", "warns", "reported", False, False),
        ("Velm", "demands", "inferred", False, True),
        ("Nell Oddie", "demands", "asserted", False, False),
    }
    printed = {
        each["actor"]: (each["lead"], each["basis"]) for each in opinion["brief"]["positions"]
    }
    assert printed == {
        "Davin Roke": ("Davin Roke, as quoted by Nell Oddie", "reported"),
        "Irsa Kole and Bram Tessen": (
            "Irsa Kole and Bram Tessen, in Nell Oddie’s words",
            "reported",
        ),
        "Velm": ("Nell Oddie on Velm", "inferred"),
        "Nell Oddie": ("Nell Oddie writes", "asserted"),
    }


@pytest.mark.reader
def test_a_hedge_is_printed_with_what_it_weakens(opinion: dict[str, Any]) -> None:
    """An inference about somebody keeps its hedge, in the words and beside them."""
    (velm,) = (each for each in opinion["brief"]["positions"] if each["actor"] == "Velm")
    assert velm["hedges"] == ["appears"]
    assert "Velm appears to want a pause" in str(velm["quotation"])


@pytest.mark.reader
def test_the_bottom_line_is_its_authors(opinion: dict[str, Any]) -> None:
    """The one sentence that stands alone says who writes it."""
    line = opinion["brief"]["bottom_line"]
    assert (line["holder"], line["basis"], line["lead"]) == (
        "Nell Oddie", "asserted", "Nell Oddie writes",
    )  # fmt: skip


@pytest.mark.reader
@pytest.mark.parametrize("scare", ["river of friendship", "experts"])
def test_scare_quotes_are_nobodys_words(opinion: dict[str, Any], scare: str) -> None:
    """Words in scare quotes are read and printed in the author's own voice only."""
    for statement in opinion["readings"][0]["statements"]:
        if scare in words_of(opinion, statement["content"]):
            assert (statement["holders"], statement["quoted"]) == (["Nell Oddie"], False)
    for line in lines(opinion["brief"]):
        if scare in str(line["quotation"]):
            assert (line["holder"], line["basis"]) == ("Nell Oddie", "asserted")


@pytest.mark.reader
def test_what_is_reported_carries_the_authors_name(opinion: dict[str, Any]) -> None:
    """No statement of a single source is printed without the one who reports it."""
    assert all("Nell Oddie" in line["lead"] for line in lines(opinion["brief"]))


@pytest.mark.reader
def test_what_sources_contest_is_printed_with_both_sides(bridge: dict[str, Any]) -> None:
    """Two figures for one thing stand together, each with its holder and all who say the same."""
    (dispute,) = bridge["brief"]["contested"]
    assert (dispute["kind"], dispute["label"]) == ("figures", "Figures differ")
    sides = [(dispute[side]["lead"], str(dispute[side]["quotation"])) for side in ("one", "other")]
    assert sides[0][0] == "Oda Brisk writes"
    assert "40 million" in sides[0][1]
    assert sides[1][0] in ("Tam Reeve writes", "Ida Falk writes")
    assert "65 million" in sides[1][1]
    assert [dispute[side]["sources"] for side in ("one", "other")] == [[1], [2, 3]]
    assert [dispute[side]["origins"] for side in ("one", "other")] == [1, 2]
    text = html_text(bridge["html"])
    assert "\nContested\n" in text
    assert text.count("2 independent sources") == 1


def write_ferry(folder: Path) -> Path:
    """A folder with three texts on one ferry."""
    (folder / "ferry").mkdir()
    for name, text in FERRY.items():
        (folder / "ferry" / name).write_text(text, "utf-8")
    return folder / "ferry"


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the stub makes of three texts: `brief.json`, and the page as `html`."""
    folder = tmp_path_factory.mktemp("ferry")
    sources = str(write_ferry(folder))
    shared = ("--model", "stub", "--date", DATE, "--format", "json,html")
    assert call("make", sources, *shared, "-o", str(folder / "out")).exit_code == 0
    brief: dict[str, Any] = json.loads((folder / "out" / "brief.json").read_bytes())
    return brief | {"html": (folder / "out" / "brief.html").read_text("utf-8")}


def test_several_sources_make_a_matrix(ferry: dict[str, Any]) -> None:
    """Who stands where, by which words of which source; a change of mind is told with its dates."""
    assert (ferry["matrix"]["issues"], ferry["brief"]["issues"]) == (["night ferry"],) * 2
    stands = {row["actor"]: row["stands"][0] for row in ferry["brief"]["matrix"]}
    assert {actor: stand["line"]["stance"] for actor, stand in stands.items()} == {
        "Jorun Pask": "opposes",
        "Hollin": "opposes",
        "Harbour Union": "supports",
    }
    pask = stands["Jorun Pask"]
    assert [(line["stance"], line["sources"]) for line in (pask["line"], *pask["earlier"])] == [
        ("opposes", [2]),
        ("supports", [1]),
    ]
    (cell,) = (each for each in ferry["matrix"]["cells"] if each["actor"] == "Jorun Pask")
    assert cell["changed"]
    assert [telling["date"] for telling in cell["tellings"]] == ["2026-08-02", "2026-03-12"]
    for telling in cell["tellings"]:
        for shown in telling["evidence"]:
            text = ferry["documents"][shown["document"]]["text"]
            assert text[slice(*shown["span"])] == shown["quote"]


def test_several_sources_make_a_timeline(ferry: dict[str, Any]) -> None:
    """Events in the order of their dates, each with words that name it, in the brief and printed."""
    events = ferry["brief"]["timeline"]
    assert [(event["date"], event["line"]["sources"]) for event in events] == [
        ("2025-05", [1]),
        ("2026-03-03", [1]),
        ("2026-06-09", [3]),
        ("2026-09-14", [2]),
    ]
    assert [event["date"] for event in ferry["timeline"]] == [event["date"] for event in events]
    text = html_text(ferry["html"]).partition("\nTimeline\n")[2].partition("\nNot known\n")[0]
    for day in ("May 2025", "3 March 2026", "9 June 2026", "14 September 2026"):
        assert text.count(day) == 2, "once as the date, once in the source's words"


def test_coverage_tells_the_share_of_each_source(ferry: dict[str, Any]) -> None:
    """Every source, then the main actors, with how much of what they state is in the brief."""
    shares = ferry["brief"]["coverage"]
    sources = [share for share in shares if share["kind"] == "source"]
    assert [(share["number"], share["name"]) for share in sources] == [
        (1, "Two sides of the sound"),
        (2, "This week in the hills"),
        (3, "From the yard"),
    ]
    counts = [len(reading["statements"]) for reading in ferry["readings"]]
    assert [share["statements"] for share in sources] == counts
    assert all(0 < share["printed"] <= share["statements"] for share in shares)
    assert "Jorun Pask" in [share["name"] for share in shares if share["kind"] == "actor"]


def test_a_focus_keeps_out_what_is_about_something_else(folder: Path) -> None:
    """Nothing off the focus is printed; how much that is stands in brief.json and on the page."""
    sources = str(write_ferry(folder))
    shared = ("--model", "stub", "--format", "json,html", "-o", "out")
    result = call("make", sources, *shared, "--focus", "the price of bread")
    assert result.exit_code == 0, result.stderr
    found = json.loads(Path("out/brief.json").read_bytes())
    stated = sum(len(reading["statements"]) for reading in found["readings"])
    assert (found["focus"], found["title"]) == ("the price of bread",) * 2
    assert 0 < found["off_focus"] < stated
    cut = {"section": "focus", "count": found["off_focus"], "items": []}
    assert cut in found["brief"]["cut"]
    text = html_text(Path("out/brief.html").read_text("utf-8"))
    assert f"{found['off_focus']} statements off the focus" in " ".join(text.split())
    assert "Bread prices rose" in text
    assert "engines" not in text
    assert call("make", sources, *shared, "--force").exit_code == 0
    assert json.loads(Path("out/brief.json").read_bytes())["off_focus"] == 0


@pytest.mark.parametrize("command", ["make", "extract", "summarise"])
def test_a_focus_that_no_source_knows(folder: Path, command: str) -> None:
    """Is said to be none, with what to do, and nothing is written."""
    result = call(command, str(write_ferry(folder)), "--model", "stub", "--focus", "zeppelins")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: no source says anything about `zeppelins`\n"
        "Hint: Name the subject in the sources' own words, or leave out the focus.\n"
    )
    assert not Path("outputs").exists()


@pytest.mark.parametrize(
    ("focus", "wanted", "summary"),
    [
        ("bread", ("--sentences", "1"), "Bread prices rose in the hills around the town."),
        ("What did the council of Hollin say?", ("--words", "9"), COUNCIL),
        ("Jorun Pask", ("--sentences", "2"),
         f"{PASK} {AGAIN}"),
    ],
)  # fmt: skip
def test_a_summary_has_a_focus(
    folder: Path, focus: str, wanted: tuple[str, str], summary: str
) -> None:
    """A topic, a question or an actor; what is chosen stands in the order of the sources."""
    sources = str(write_ferry(folder))
    result = call("summarise", sources, "--model", "stub", "--focus", focus, *wanted)
    assert (result.exit_code, result.stdout) == (0, f"{summary}\n")


def test_each_line_may_have_its_focus(folder: Path) -> None:
    """That of the line wins over --focus; one that its texts know nothing of is an error there."""
    texts = [FERRY[name] for name in sorted(FERRY)]
    lines = [
        {"id": 1, "documents": texts},
        {"id": 2, "documents": texts, "focus": "gulls"},
        {"id": 3, "documents": texts, "focus": "zeppelins"},
        {"id": 4, "text": texts[1], "focus": ""},
    ]
    Path("in.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    shared = ("--model", "stub", "--focus", "flour", "--sentences", "1")
    result = call("summarise", "--jsonl", "in.jsonl", *shared)
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 3
    assert [each.get("summary") for each in found] == [
        "Bakers blame the price of flour for it.",
        "Nobody counts the gulls.",
        None,
        "Bread prices rose in the hills around the town.",
    ]
    assert found[2]["error"].startswith("no source says anything about `zeppelins`")
    assert found[1]["spans"][0][0] == 2


def of_one_text(*paragraphs: str, author: str) -> tuple[Document, Reading]:
    """A text of which every paragraph is a sentence that its author states."""
    text = "\n\n".join(paragraphs)
    spans = [Span(text.index(each), text.index(each) + len(each)) for each in paragraphs]
    said = (
        Statement(number, (), (), (span,), (author,), (), "asserted", quoted=False, hedges=())
        for number, span in enumerate(spans)
    )
    reading = Reading(tuple(map(Sentence, spans)), (0.5,) * len(spans), tuple(said), (), (), ())
    return Document("page.txt", text, authors=(author,)), reading


@pytest.mark.parametrize(("author", "printed"), [("Tam Reeve", 1), (" ", 0)])
def test_a_contest_is_printed_whole_or_not_at_all(author: str, printed: int) -> None:
    """Where one side cannot be verified the contest is a refusal."""
    rain = "It has rained on the council of Hollin for nine days."
    first = of_one_text(
        "The new bridge at Hollin will cost 40 million crowns.", rain, author="Ida"
    )
    second = of_one_text("The new bridge at Hollin will cost 65 million crowns.", author=author)
    documents, readings = zip(first, second, strict=True)
    pair = Pair("figures", "new bridge", Place(0, 0), Place(1, 0), 1.0)
    agreement = Agreement(documents, readings, find_origins(documents), ())
    found, refusals = contests([pair], agreement)
    assert len(found) == printed
    assert [refusal.section for refusal in refusals] == ["contested"] * (1 - printed)
    for contest in found:
        assert [side.draft.holders for side in contest.sides] == [("Ida",), (author,)]
        assert (contest.kind, contest.about) == ("figures", "new bridge")


def test_the_findings_follow_their_schema(folder: Path) -> None:
    """The `brief` of brief.json has every field that the schema of templates asks for."""
    call("make", "letter.md", "--model", "stub", "--format", "json", "-o", ".")
    brief = json.loads(Path("brief.json").read_bytes())["brief"]
    schema = msgspec.json.decode(call("templates", "show", "--schema").stdout_bytes)
    (fields,) = (each for name, each in schema["$defs"].items() if name == "Brief")
    assert set(fields["required"]) <= brief.keys()

"""The plan of a batch: what it asks for, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.batch import suits
from briefing.batch.plan import Plan, read_plan
from briefing.errors import PlanError
from briefing.templating import load
from briefing.templating.scaffold import new

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """[defaults]
template = "press-digest"
formats = ["pdf", "json"]
date = 2026-11-22
model = "stub"

[defaults.set]
name = "Quays"

[[brief]]
id = "harbour-dues"
sources = ["harbour/*", "/feeds/ministry.xml"]
title = "Harbour dues"

[[brief]]
id = "ferries"
sources = ["ferries"]
topics = ["night boats", "fares"]
audiences = ["board", "members"]
pages = 2

[brief.set]
coverage = false

[[newsletter]]
id = "weekly"
briefs = ["harbour-dues", "ferries"]
audiences = ["members", "board"]

[[newsletter]]
id = "plain"
briefs = ["harbour-dues"]
template = "press-digest"

[[audience]]
id = "board"
name = "The Board"
focus = "money"

[[audience]]
id = "members"
lang = "de"
"""


@pytest.fixture
def read(tmp_path: Path):
    """Reads a plan given as text."""

    def of(text: str) -> Plan:
        path = tmp_path / "plan.toml"
        path.write_text(text)
        return read_plan(path)

    return of


def test_one_job_a_brief_topic_and_audience(read) -> None:
    """Topics and audiences are multiplied out, in the order of the file."""
    assert [job.id for job in read(PLAN).jobs] == [
        "harbour-dues",
        "ferries-night-boats-board",
        "ferries-night-boats-members",
        "ferries-fares-board",
        "ferries-fares-members",
    ]


def test_keys_stand_in_the_defaults_the_brief_or_the_audience(read, tmp_path: Path) -> None:
    """The brief goes before the defaults, the audience before both; a topic is the focus."""
    dues, board, members, *_ = read(PLAN).jobs
    assert dues.settings.title == "Harbour dues"
    assert (dues.settings.formats, dues.settings.date) == (("pdf", "json"), "2026-11-22")
    assert dues.sources == (str(tmp_path / "harbour/*"), "/feeds/ministry.xml")
    assert (board.settings.focus, board.settings.pages) == ("night boats", 2)
    assert board.settings.options == (("name", "Quays"), ("coverage", "false"))
    assert (board.recipient, members.recipient) == ("The Board", "members")
    assert (board.settings.language, members.settings.language) == ("en", "de")


def test_an_audience_has_a_focus_where_the_brief_has_none(read) -> None:
    """What an audience cares for steers a brief that has no focus or topic of its own."""
    plan = read(PLAN.replace('topics = ["night boats", "fares"]\n', ""))
    assert [job.settings.focus for job in plan.jobs] == ["", "money", ""]


def test_a_newsletter_gathers_briefs_for_each_audience(read) -> None:
    """An issue has the briefs that were made for its audience, and those made for all."""
    members, board, plain = read(PLAN).issues
    assert (members.id, members.settings.template) == ("weekly-members", "newsletter")
    assert members.briefs == (
        "harbour-dues",
        "ferries-night-boats-members",
        "ferries-fares-members",
    )
    assert (board.recipient, board.briefs[1]) == ("The Board", "ferries-night-boats-board")
    assert (plain.id, plain.settings.template) == ("plain", "press-digest")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('id = "ferries"', 'id = "Ferries!"', r"plan\.toml:16: brief\[1\]\.id: `Ferries!` cannot"),
        ('id = "ferries"', 'id = "harbour-dues"', r":16: brief\[1\]\.id: .* stands twice"),
        ('id = "ferries"', "", r":15: brief\[1\]\.id: is missing"),
        ("pages = 2", "pages = 0", r":20: brief\[1\]\.pages: a brief cannot have 0 pages"),
        ("pages = 2", 'pages = "2"', r":20: brief\[1\]\.pages: must be a whole number, not text$"),
        ('["ferries"]', '"ferries"', r":17: brief\[1\]\.sources: must be a list, not text$"),
        ("coverage = false", "coverage = []", r"\.set: must be .* number or text, not a list$"),
        ("pages = 2", "sheets = 2", r":20: brief\[1\]\.sheets: is no key here"),
        ('sources = ["ferries"]', "sources = []", r":17: brief\[1\]\.sources: is empty$"),
        (
            '"board", "members"',
            '"bord"',
            r":19: brief\[1\]\.audiences\[0\]: no audience is .*bord",
        ),
        ('["harbour-dues"]', '["dues"]', r":32: newsletter\[1\]\.briefs\[0\]: no brief is .*dues"),
        ('["harbour-dues"]', '["ferries"]', r"`ferries` is made for board, members alone$"),
        (
            '["members", "board"]',
            '["members", "members"]',
            r":28: .*\[1\]: `members` stands twice",
        ),
        ('"board", "members"', '"board", "board"', r":19: .*\.audiences\[1\]: `board` stands tw"),
        (
            '"night boats", "fares"',
            '"Fares", "fares!"',
            r":18: .*\.topics\[1\]: .* name .*`fares`",
        ),
        ('"night boats", "fares"', '" "', r":18: brief\[1\]\.topics\[0\]: a topic is empty"),
        ('id = "plain"', 'id = "weekly-board"', r":31: .*\.id: two .* be called `weekly-board`"),
        (
            'id = "harbour-dues"',
            'id = "ferries-fares-board"',
            r":16: brief\[1\]\.id: two of them would be called `ferries-fares-board`",
        ),
        (
            "[defaults]",
            'feed_url = "ports.example"\n[defaults]',
            r":1: feed_url: `ports.example` is",
        ),
        ("2026-11-22", '"22 November"', r":4: defaults\.date: `22 November` is not a date"),
        ("pages = 2", 'date = "May"', r":20: brief\[1\]\.date: `May` is not a date"),
        ("pages = 2", 'formats = ["docx"]', r":20: brief\[1\]\.formats: .* no format `docx`"),
        (
            "pages = 2",
            'lang = "xx"',
            r":20: brief\[1\]\.lang: template press-digest .* set in xx$",
        ),
        ("pages = 2", 'template = "nope"', r":20: brief\[1\]\.template: unknown template: nope"),
        (
            "pages = 2",
            'template = "one-page"',
            r":8: defaults\.set\.name: .* no option `name` \(for brief\[1\]\)",
        ),
        ("pages = 2", 'model = "nope"', r":20: brief\[1\]\.model: there is no writer .* nope"),
        (
            "coverage = false",
            'coverage = "some"',
            r":23: brief\[1\]\.set\.coverage: `coverage` is true or",
        ),
        ("coverage = false", "tables = 1", r":23: brief\[1\]\.set\.tables: .* no option `tables`"),
        ("night boats", "n" * 201, r":18: brief\[1\]\.topics: the focus has 201 characters"),
        (
            'formats = ["pdf", "json"]',
            'formats = ["json"]\npage = "A5"',
            r":4: defaults\.page: there is no page size `A5` \(for brief\[0\]\)",
        ),
        (
            'id = "weekly"',
            'id = "weekly"\nset = { accent = "teal" }',
            r":27: newsletter\[0\]\.set\.accent: `accent` is one of harbour, .* not `teal`$",
        ),
        ('lang = "de"', 'lang = "xx"', r":42: audience\[1\]\.lang: .* \(for brief\[1\]\)"),
        ("[defaults]", "[default", r"plan\.toml:1: "),
        ("[defaults.set]", "[defaults.sat]", r":7: defaults\.sat: is no key here"),
    ],
)
def test_a_wrong_plan_names_line_and_key(read, old: str, new: str, message: str) -> None:
    """Each mistake is told with file, line and key."""
    assert old in PLAN
    with pytest.raises(PlanError, match=message):
        read(PLAN.replace(old, new, 1))


def test_a_page_that_its_template_was_not_made_for(read, tmp_path: Path) -> None:
    """Only a PDF has pages; a size that nobody set is told with what has none of its own."""
    contract = new("memo", tmp_path) / "template.toml"
    contract.write_text(contract.read_text().replace('sizes = ["A4", "Letter"]', 'sizes = ["A4"]'))
    plan = """[[brief]]
id = "quays"
sources = ["a.txt"]
template = "./memo"
formats = ["html"]
page = "Letter"
"""
    assert read(plan).jobs[0].settings.page == "Letter"
    with pytest.raises(PlanError, match=r":6: brief\[0\]\.page: .* no page size Letter"):
        read(plan.replace('"html"', '"pdf"'))


def test_a_template_is_looked_at_once(read, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many briefs and options there are; and a missing source is no mistake of a plan."""
    looked: list[str] = []
    monkeypatch.setattr(suits, "load", lambda name: looked.append(name) or load(name))
    briefs = (f'[[brief]]\nid = "b{n}"\nsources = ["none.txt"]\n' for n in range(20))
    options = (f"set = {{ annex = {str(n % 2 > 0).lower()} }}\n" for n in range(20))
    defaults = '[defaults]\ntemplate = "dossier"\n'
    read(defaults + "".join(map("".join, zip(briefs, options, strict=True))))
    assert looked == ["dossier"]


def test_a_plan_needs_a_brief(read, tmp_path: Path) -> None:
    """A plan without briefs, and one that is not there, are refused."""
    with pytest.raises(PlanError, match="brief: is missing"):
        read("[defaults]\n")
    with pytest.raises(PlanError, match="cannot be read"):
        read_plan(tmp_path / "none.toml")

"""Pronouns that are made from repeated names, and names that are changed."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING

import pytest

from briefing.errors import SourceError
from briefing.reader.standing import Standing
from briefing.reader.tasks.cases import PLAIN, Case, Mention, Renamer, from_text, made_up, replaced
from briefing.reader.train import parsed

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

NEWS = (
    "Mara Quist runs the ferry company. Anna Orme leads the union. "
    "Later Quist met the crews. Orme’s members will vote on Friday."
)
GENDERS = {"Mara": "f", "Anna": "f", "John": "m"}


def told(case: Case) -> dict[str, bool]:
    """The words of each mention, and whether it is meant."""
    return {case.text[slice(*each.span)]: each.right for each in case.mentions}


def gender_of(name: str) -> str:
    return GENDERS.get(name, "")


def test_a_repeated_name_becomes_a_pronoun() -> None:
    """It means the one whose name stood there; every other place keeps its words."""
    first, second = from_text(NEWS, parsed(NEWS), gender_of)
    assert first.text == NEWS.replace("Later Quist", "Later she")
    assert first.text[slice(*first.pronoun)] == "she"
    assert told(first)["Mara Quist"]
    assert not any(right for words, right in told(first).items() if words != "Mara Quist")
    assert second.text == NEWS.replace("Orme’s", "Her")
    assert told(second)["Anna Orme"]
    assert {"Quist", "Mara Quist"} <= {words for words, right in told(second).items() if not right}


def test_the_only_pronoun_of_a_text_tells_of_unknown_names() -> None:
    """Where a text has only he, those whose first names are unknown are men."""
    text = NEWS.replace("Mara", "Martin").replace("Anna", "Peter")
    assert from_text(text, parsed(text), gender_of) == []
    text += " He agreed."
    assert {
        each.text[slice(*each.pronoun)] for each in from_text(text, parsed(text), gender_of)
    } == {
        "he",
        "His",
    }


def test_no_pronoun_for_a_name_that_others_lean_on() -> None:
    """A name with a role before it, or before another noun, stays."""
    text = NEWS.replace("Later Quist met", "Later director Quist met").replace("Orme’s", "Orme")
    assert from_text(text, parsed(text), gender_of) == []


def test_nobody_else_no_case() -> None:
    """With one person alone there is nothing to learn."""
    text = "Mara Quist runs the ferry company. Later Quist met the crews."
    assert from_text(text, parsed(text), gender_of) == []


def test_only_promising_texts_of_train_are_parsed(tmp_path: Path) -> None:
    """A text is parsed where several people are named again; a missing corpus is named."""
    read: list[str] = []

    def parse(text: str) -> tuple[object, ...]:
        read.append(text)
        return parsed(text)

    with pytest.raises(SourceError, match="sum_bbc"):
        made_up(tmp_path, parse, gender_of)
    lines = [
        {"split": "train", "document": NEWS},
        {"split": "dev", "document": NEWS},
        {"split": "train", "document": "Mara Quist spoke. Quist left."},
    ]
    for name in PLAIN:
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
    assert len(made_up(tmp_path, parse, gender_of)) == 2 * len(PLAIN)
    assert read == [NEWS] * len(PLAIN)


def case(text: str, pronoun: str, right: str, wrong: str) -> Case:
    """A case of two names at their first places."""

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    standing = Standing(5, 6)
    return Case(
        text,
        (text.index(f" {pronoun} ") + 1, text.index(f" {pronoun} ") + 1 + len(pronoun)),
        (Mention(at(right), "0", True, standing), Mention(at(wrong), "1", False, standing)),
    )


def test_replaced_words_move_what_follows() -> None:
    """Spans keep their words, or hold the new ones; standings stay."""
    before = case("Voss, of Vossen, met Orme; then she left Voss.", "she", "Voss", "Orme")
    after = replaced(before, {"Voss": "Li", "Orme": "Ostrander"})
    assert after.text == "Li, of Vossen, met Ostrander; then she left Li."
    assert [after.text[slice(*each.span)] for each in after.mentions] == ["Li", "Ostrander"]
    assert after.text[slice(*after.pronoun)] == "she"
    assert [each.standing for each in after.mentions] == [
        each.standing for each in before.mentions
    ]
    assert replaced(before, {}) == before


def test_new_names_are_of_the_same_gender() -> None:
    """Women are called as other women are; surnames are anybody's."""
    cases = [
        case("Mara Quist met Anna Orme. Then she left.", "she", "Mara Quist", "Anna Orme"),
        case("John Tarn met Ivo Brandt. Then he left.", "he", "John Tarn", "Ivo Brandt"),
    ]
    rename = Renamer(cases)
    assert (rename.gender_of("Mara"), rename.gender_of("Ivo"), rename.gender_of("Kim")) == (
        "f",
        "m",
        "",
    )
    for seed in range(20):
        new = rename(cases[0], random.Random(seed)).text  # noqa: S311 - no secret
        first, last, _, other, *_ = new.split()
        assert {first, other} <= {"Mara", "Anna"}
        assert last in {"Quist", "Orme", "Tarn", "Brandt"}
        assert new.endswith("Then she left.")

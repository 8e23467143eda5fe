"""The tagger: spans of sources, cues and contents, in order, whole, and linked to their cues."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given, settings
from safetensors.torch import load_file, save_file
from strategies import texts

from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader import network
from briefing.reader.card import read_card
from briefing.reader.decode import best_path, runs
from briefing.reader.features import frame, framed, open_tokenizer, read_pieces, windows
from briefing.reader.tagger import Tagged, Tagger

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.reader

SHIPPED = shipped("models") / "reader"
NEWS = (
    "The harbour board said on Friday that dues would rise by 12 per cent. “We cannot pay for the"
    " quay otherwise,” Ostrand Vell told the council.\n\nAccording to the ministry, small vessels"
    " are exempt. Mr Tarn warned of “a slow closing of the port”."
)
FILLER = "The ferry left at noon with forty cars and a coach on its lower deck. " * 3


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder whose files a test may replace."""
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def told(tagger: Tagger, text: str) -> set[tuple[str, str, str]]:
    """Role and words of each source and content, with the words of its cue."""
    found = tagger.tag(text)
    return {
        (each.role, text[slice(*each.span)], text[slice(*found[each.link].span)])
        for each in found
        if each.link is not None
    }


def check(text: str, found: tuple[Tagged, ...]) -> None:
    """What holds for every text."""
    assert all(0 <= each.span.start < each.span.end <= len(text) for each in found)
    assert all(first.span.end <= second.span.start for first, second in pairwise(found))
    for each in found:
        words = text[slice(*each.span)]
        assert words == words.lstrip()
        for edge in each.span:
            assert not text[max(0, edge - 1) : edge + 1].isalnum() or edge in (0, len(text))
        assert 0 < each.probability <= 1
        if each.link is not None:
            assert found[each.link].role == "cue" != each.role


def test_who_says_what(tagger: Tagger) -> None:
    """Sources and contents of plain news are found and linked to the words that attribute."""
    assert told(tagger, NEWS) >= {
        ("source", "The harbour board", "said"),
        ("content", "that dues would rise by 12 per cent", "said"),
        ("source", "Ostrand Vell", "told"),
        ("content", "“We cannot pay for the quay otherwise,”", "told"),
        ("source", "the ministry", "According to"),
        ("content", "small vessels are exempt", "According to"),
        ("source", "Mr Tarn", "warned of"),
        ("content", "“a slow closing of the port”", "warned of"),
    }


def test_result_does_not_depend_on_other_texts(tagger: Tagger) -> None:
    """A text has the same spans and probabilities first, after others, and in another tagger."""
    first = tagger.tag(NEWS)
    tagger.tag(FILLER * 10)
    tagger.tag("Orme said no.")
    assert tagger.tag(NEWS) == first == Tagger().tag(NEWS)


@settings(deadline=None, max_examples=60)
@given(texts())
def test_spans_are_sound(tagger: Tagger, text: str) -> None:
    """Whatever the text: spans in order, apart, inside, of whole words; links point to cues."""
    check(text, tagger.tag(text))


@pytest.mark.parametrize(
    "text",
    [
        "".join(NEWS.split()),
        NEWS.upper(),
        NEWS.replace(" ", "\n"),
        NEWS.replace(" ", "\u200b"),
        "“" * 600,
        "said " * 600,
        "Orme said “no” to cafe\u0301s and ferry\u00adboats, 中国代表说不 and \ud800 too.",
        "Vell" * 500 + " said no",
    ],
    ids=["no space", "capitals", "lines", "zero width", "marks", "cues", "scripts", "long word"],
)
def test_odd_texts_are_survived(tagger: Tagger, text: str) -> None:
    """Text that is hardly one still has sound spans."""
    check(text, tagger.tag(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800"])
def test_no_words_no_spans(tagger: Tagger, text: str) -> None:
    """Where nothing is said nothing is found."""
    assert tagger.tag(text) == ()


def test_a_lone_surrogate_moves_nothing(tagger: Tagger) -> None:
    """A code point that is no character keeps every offset in place."""
    assert tagger.tag("\ud800 " + NEWS) == tagger.tag("? " + NEWS)


def test_long_text_is_read_to_its_end(tagger: Tagger) -> None:
    """What stands many windows on is found as well, with its own links."""
    end = "The ministry announced on Friday that the ferry would stop."
    found = told(tagger, f"{NEWS}\n\n" + f"{FILLER}\n\n" * 20 + end)
    assert found >= {
        ("source", "The harbour board", "said"),
        ("source", "The ministry", "announced"),
        ("content", "that the ferry would stop", "announced"),
    }


def test_a_line_ends_a_window_and_a_cue_still_reaches_over(tagger: Tagger) -> None:
    """A quotation in a window without a cue belongs to the near cue in the window before."""
    sentence = (
        "We cannot pay for the quay and the dues must rise this year, whatever the crews want. "
    )
    quotation = f"“{sentence * 10}”"
    text = f"{FILLER * 2}\n\nOstrand Vell told the council:\n\n{quotation}"
    pieces = read_pieces(open_tokenizer(SHIPPED / "tokenizer.json"), text)
    _, second = windows(text, pieces.offsets)
    assert text[pieces.offsets[second.start][0]] == "“"
    found = tagger.tag(text)
    start = text.index("“")
    (content,) = (each for each in found if each.span.start == start)
    assert content.link is not None
    assert text[slice(*found[content.link].span)] == "told"


def test_same_tags_as_transformers() -> None:
    """Spans and probabilities are those of the network as it was trained."""
    trained = network.build(SHIPPED).eval()
    weights = load_file(SHIPPED / "tagger.safetensors")
    trained.load_state_dict({name: each.float() for name, each in weights.items()}, strict=False)
    tokenizer = open_tokenizer(SHIPPED / "tokenizer.json")
    pieces = read_pieces(tokenizer, NEWS)
    (window,) = windows(NEWS, pieces.offsets)
    numbers = torch.tensor([framed(pieces, window, frame(tokenizer))])
    encoder = trained["encoder"]
    with torch.inference_mode():
        given = encoder.embeddings.word_embeddings(numbers[..., 0])
        given = given + trained["features"](numbers[..., 1])
        rows = encoder(inputs_embeds=given).last_hidden_state[0, 1:-1]
        scores = trained["tags"](rows).log_softmax(dim=-1)
    path = best_path(scores.numpy())
    expected = [
        (
            run.role,
            (pieces.offsets[run.start][0], pieces.offsets[run.end - 1][1]),
            pytest.approx(
                scores[range(run.start, run.end), path[run.start : run.end]].mean().exp().item(),
                abs=1e-4,
            ),
        )
        for run in runs(path)
    ]
    found = Tagger(precision="fp32").tag(NEWS)
    assert [(each.role, each.span, each.probability) for each in found] == expected


def test_precisions_agree() -> None:
    """Half precision finds the same in plain news."""
    half, full = (told(Tagger(precision=precision), NEWS) for precision in ("bf16", "fp32"))
    assert half == full


def test_digest_is_that_of_the_weights(tagger: Tagger) -> None:
    """The digest for the colophon is the SHA-256 of the tagger's own file."""
    weights = (SHIPPED / "tagger.safetensors").read_bytes()
    assert tagger.sha256 == hashlib.sha256(weights).hexdigest()
    assert tagger.name == read_card(SHIPPED).name


def test_loads_no_more_than_it_needs() -> None:
    """The module imports no torch, and tagging imports neither transformers nor spaCy."""
    code = (
        "import sys, briefing.reader.tagger as t; print('torch' in sys.modules);"
        "t.Tagger().tag('Orme said no.');"
        "print([name for name in ('transformers', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "[]"]


def test_missing_weights_are_a_model_error(folder: Path) -> None:
    """The tagger's file must be there, and the hint says what to do."""
    (folder / "tagger.safetensors").unlink()
    with pytest.raises(ModelError, match=r"tagger\.safetensors cannot be read") as caught:
        Tagger(folder)
    assert caught.value.hint


def test_a_card_without_a_tagger_is_a_model_error(folder: Path) -> None:
    """An encoder alone cannot tag."""
    card = (folder / "model.toml").read_text("utf-8")
    before, rest = card.split("[tagger]", 1)
    (folder / "model.toml").unlink()
    (folder / "model.toml").write_text(before + "[files]" + rest.split("[files]", 1)[1], "utf-8")
    with pytest.raises(ModelError, match="names no tagger"):
        Tagger(folder)


def test_a_tagger_without_a_digest_is_a_model_error(folder: Path) -> None:
    """The card must vouch for the tagger's file as well."""
    card = (folder / "model.toml").read_text("utf-8")
    (folder / "model.toml").unlink()
    (folder / "model.toml").write_text(card.replace('"tagger.safetensors" =', '"x" ='), "utf-8")
    with pytest.raises(ModelError, match=r"no digest for tagger\.safetensors"):
        read_card(folder)


def test_weights_that_lack_a_part_are_a_model_error(folder: Path) -> None:
    """A file with other weights is refused with the name of what is missing."""
    path = folder / "tagger.safetensors"
    weights = load_file(path)
    del weights["asks.bias"]
    path.unlink()
    save_file(weights, path)
    card = (folder / "model.toml").read_text("utf-8")
    old = read_card(folder).files["tagger.safetensors"]
    (folder / "model.toml").unlink()
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "model.toml").write_text(card.replace(old, new), "utf-8")
    with pytest.raises(ModelError, match=r"asks\.bias"):
        Tagger(folder)

"""The reader: spans in order, whole and linked; scores of sentences; choices within budgets."""

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

from briefing.document import Document, Sentence, Span
from briefing.errors import ModelError
from briefing.paths import shipped
from briefing.reader.card import read_card
from briefing.reader.decode import best_paths, runs
from briefing.reader.features import frame, framed, open_tokenizer, read_pieces, windows
from briefing.reader.network import open_encoder
from briefing.reader.reader import Reader
from briefing.reader.salient import Budget
from briefing.reader.weights import load
from briefing.segment import segment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from briefing.reader.dense import Precision
    from briefing.reader.reader import Page
    from briefing.reader.tagger import Tagged

pytestmark = pytest.mark.reader

SHIPPED = shipped("models") / "reader"
NEWS = (
    "The harbour board said on Friday that dues would rise by 12 per cent. “We cannot pay for the"
    " quay otherwise,” Ostrand Vell told the council.\n\nAccording to the ministry, small vessels"
    " are exempt. Mr Tarn warned of “a slow closing of the port”."
)
STORY = (
    "The quay board of Ost will raise its dues by 12 per cent from the first of March. Small boats"
    " pay nothing until the spring, as they did last year. The council voted 9 to 4 for the plan"
    " after six hours of debate. I hope so. Crews of the larger vessels may leave the port, their"
    " speaker said.\n\nThe last rise was in 2019, when 340 ships called at the quay. Rain kept the"
    " ferry in its harbour all day. What will the ministry do? It has promised 4 million crowns for"
    " the dredging of the northern channel."
)
OTHER = (
    "Ships at Ost must pay more from March. The board raised dues by 12 per cent on Friday. The"
    " crews have asked the ministry for a delay of one year. A choir sang at the opening of the"
    " new hall in the evening."
)
FILLER = "The ferry left at noon with forty cars and a coach on its lower deck. " * 3


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model's folder whose files a test may replace."""
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def told(reader: Reader, text: str) -> set[tuple[str, str, str]]:
    """Role and words of each source and content, with the words of its cue."""
    found = reader.tag(text)
    return {
        (each.role, text[slice(*each.span)], text[slice(*found[each.link].span)])
        for each in found
        if each.link is not None and each.role != "cue"
    }


def read_all(reader: Reader, *given: str) -> tuple[list[Page], list[Sequence[Sentence]]]:
    """Texts as they are read, and their sentences."""
    return [reader.read(text) for text in given], [segment(Document("", text)) for text in given]


def asked(text: str, pronoun: str, *names: str) -> tuple[list[Span], list[list[tuple[Span, str]]]]:
    """The pronoun's place, and the first place of each of `names`, as `resolve` takes them."""
    start = text.index(pronoun)
    candidates = [(Span(text.index(name), text.index(name) + len(name)), name) for name in names]
    return [Span(start, start + len(pronoun))], [candidates]


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
            assert found[each.link].role == ("source" if each.role == "cue" else "cue")


def test_who_says_what(reader: Reader) -> None:
    """Sources and contents of plain news are found and linked to the words that attribute."""
    assert told(reader, NEWS) >= {
        ("source", "The harbour board", "said"),
        ("content", "that dues would rise by 12 per cent", "said"),
        ("source", "Ostrand Vell", "told"),
        ("content", "“We cannot pay for the quay otherwise,”", "told"),
        ("source", "the ministry", "According to"),
        ("content", "small vessels are exempt", "According to"),
        ("source", "Mr Tarn", "warned of"),
        ("content", "“a slow closing of the port”", "warned of"),
    }


@pytest.mark.parametrize(
    ("text", "source", "cues"),
    [
        (
            "The minister said the dues would rise and promised that small boats would pay nothing.",
            "The minister",
            {"said", "promised"},
        ),
        (
            "“The dues must rise,” Ostrand Vell told the press, adding that boats would pay nothing.",
            "Ostrand Vell",
            {"told", "adding"},
        ),
    ],
    ids=["and", "adding"],
)
def test_cues_may_share_a_source(reader: Reader, text: str, source: str, cues: set[str]) -> None:
    """What somebody said and what the same one added both have that source."""
    found = reader.tag(text)
    holders = {
        text[slice(*each.span)]: text[slice(*found[each.link].span)]
        for each in found
        if each.role == "cue" and each.link is not None
    }
    assert holders == dict.fromkeys(cues, source)


def test_reading_finds_what_tagging_finds(reader: Reader) -> None:
    """All heads together change nothing of what one finds; skimming leaves that one out."""
    page = reader.read(NEWS)
    assert page.tagged == reader.tag(NEWS)
    assert page.text == NEWS
    skimmed = reader.skim(NEWS)
    assert skimmed.tagged == ()
    assert torch.equal(skimmed.salience, page.salience)
    assert len(page.salience) == len(page.claims) == len(page.offsets)
    assert not len(skimmed.claims)


def test_result_does_not_depend_on_other_texts(reader: Reader) -> None:
    """A text has the same spans and probabilities first, after others, and in another reader."""
    first = reader.tag(NEWS)
    reader.tag(FILLER * 10)
    reader.tag("Orme said no.")
    assert reader.tag(NEWS) == first == Reader().tag(NEWS)


@settings(max_examples=60)
@given(texts())
def test_spans_are_sound(reader: Reader, text: str) -> None:
    """Whatever the text: spans in order, apart, inside, of whole words; links point to cues."""
    check(text, reader.tag(text))


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
def test_odd_texts_are_survived(reader: Reader, text: str) -> None:
    """Text that is hardly one still has sound spans."""
    check(text, reader.tag(text))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ud800"])
def test_no_words_no_spans(reader: Reader, text: str) -> None:
    """Where nothing is said nothing is found."""
    assert reader.tag(text) == ()


def test_a_lone_surrogate_moves_nothing(reader: Reader) -> None:
    """A code point that is no character keeps every offset in place."""
    assert reader.tag("\ud800 " + NEWS) == reader.tag("? " + NEWS)


def test_long_text_is_read_to_its_end(reader: Reader) -> None:
    """What stands many windows on is found as well, with its own links."""
    end = "The ministry announced on Friday that the ferry would stop."
    found = told(reader, f"{NEWS}\n\n" + f"{FILLER}\n\n" * 20 + end)
    assert found >= {
        ("source", "The harbour board", "said"),
        ("source", "The ministry", "announced"),
        ("content", "that the ferry would stop", "announced"),
    }


def test_a_line_ends_a_window_and_a_cue_still_reaches_over(reader: Reader) -> None:
    """A quotation in a window without a cue belongs to the near cue in the window before."""
    sentence = (
        "We cannot pay for the quay and the dues must rise this year, whatever the crews want. "
    )
    quotation = f"“{sentence * 10}”"
    text = f"{FILLER * 2}\n\nOstrand Vell told the council:\n\n{quotation}"
    pieces = read_pieces(open_tokenizer(SHIPPED / "tokenizer.json"), text)
    _, second = windows(text, pieces.offsets)
    assert text[pieces.offsets[second.start][0]] == "“"
    found = reader.tag(text)
    start = text.index("“")
    (content,) = (each for each in found if each.span.start == start)
    assert content.link is not None
    assert text[slice(*found[content.link].span)] == "told"


def test_same_tags_as_transformers() -> None:
    """Spans and probabilities are those of transformers' BertModel with the same weights."""
    encoder = open_encoder(SHIPPED).eval()
    weights = {name: table.whole() for name, table in load(SHIPPED / "reader.safetensors").items()}
    for name in encoder.state_dict():
        branch = name.replace("encoder.", "attribution.", 1)
        if (mine := weights.get(name, weights.get(branch))) is not None:
            encoder.get_parameter(name).data = mine
    tokenizer = open_tokenizer(SHIPPED / "tokenizer.json")
    pieces = read_pieces(tokenizer, NEWS)
    (window,) = windows(NEWS, pieces.offsets)
    numbers = torch.tensor([framed(pieces, window, frame(tokenizer))])
    with torch.inference_mode():
        given = encoder.embeddings.word_embeddings(numbers[..., 0])
        given = given + weights["embeddings.feature_embeddings.weight"][numbers[..., 1]]
        rows = encoder(inputs_embeds=given).last_hidden_state[0, 1:-1]
        tags, bias, follow = (
            weights[f"attribution.heads.{name}"]
            for name in ("tags.weight", "tags.bias", "follow.weight")
        )
        scores = rows @ tags.T + bias
    (path,) = best_paths([scores.numpy()], follow.numpy())
    expected = []
    for run in runs(path.tags):
        start, end = pieces.offsets[run.start][0], pieces.offsets[run.end - 1][1]
        shares = path.probabilities[run.start : run.end]
        mean = sum(shares) / len(shares)
        expected.append((run.role, (start, end), pytest.approx(mean, abs=1e-3)))
    found = Reader(precision="fp32").tag(NEWS)
    assert [(each.role, each.span, each.probability) for each in found] == expected


@pytest.mark.parametrize(
    "sentence",
    [STORY.split(". ")[0], "I hope so.", "", "\u200b", FILLER * 9],
    ids=["claim", "hope", "empty", "no word", "long"],
)
def test_worth_of_a_sentence_is_its_own(reader: Reader, sentence: str) -> None:
    """A sentence by itself has one score from 0 to 1, the same alone and among others."""
    (alone,) = reader.worth([sentence])
    assert 0 <= alone <= 1
    assert reader.worth(["Rain fell.", sentence, FILLER])[1] == alone


def test_worth_tells_claims_from_courtesies(reader: Reader) -> None:
    """A figure that can be looked up asks to be checked more than a hope does."""
    claim, hope = reader.worth(
        ["We created 340,000 jobs in 2019, more than any government before us.", "I hope so."]
    )
    assert claim > 0.5 > hope


def test_worth_within_a_text(reader: Reader) -> None:
    """One score from 0 to 1 for each span asked for; none for none, 0 where there are no words."""
    page = reader.read(STORY)
    spans = [each.span for each in segment(Document("", STORY))]
    scores = page.worth(spans)
    assert len(scores) == len(spans)
    assert all(0 < score < 1 for score in scores)
    assert page.worth(spans[::-1]) == scores[::-1]
    assert page.worth([]) == ()
    assert page.worth([Span(0, 0)]) == (0.0,)


def test_salience_is_one_score_a_sentence(reader: Reader) -> None:
    """From 0 to 1, the best of a text having 1; a text's scores are its own."""
    pages, sentences = read_all(reader, STORY, OTHER)
    both = reader.salience(pages, sentences)
    assert [len(scores) for scores in both] == [len(each) for each in sentences]
    assert all(max(scores) == 1 and min(scores) >= 0 for scores in both)
    assert both == tuple(
        reader.salience([page], [each])[0] for page, each in zip(pages, sentences, strict=True)
    )


@pytest.mark.parametrize("text", [STORY, ""])
def test_one_text_is_ranked_at_once(reader: Reader, text: str) -> None:
    """Ranking a text gives the scores and the choice that are else asked for by themselves."""
    pages, sentences = read_all(reader, text)
    budget = Budget(sentences=3)
    scores, chosen = reader.rank(pages[0], sentences[0], budget)
    assert (scores,) == reader.salience(pages, sentences)
    assert tuple((0, at) for at in chosen) == reader.choose(pages, sentences, budget)


def test_salience_of_nothing(reader: Reader) -> None:
    """A text without sentences has no scores."""
    pages, sentences = read_all(reader, "")
    assert reader.salience(pages, sentences) == ((),)
    assert reader.choose(pages, sentences, Budget(sentences=3)) == ()


@pytest.mark.parametrize("count", [1, 3, 5, 100])
def test_a_budget_of_sentences_is_kept(reader: Reader, count: int) -> None:
    """So many sentences are chosen as are asked for, or as there are, in the order of reading."""
    pages, sentences = read_all(reader, STORY, OTHER)
    chosen = reader.choose(pages, sentences, Budget(sentences=count))
    able = sum(
        len(text[slice(*each.span)].split()) >= 5
        for text, cut in zip((STORY, OTHER), sentences, strict=True)
        for each in cut
    )
    assert len(chosen) == len(set(chosen)) == min(count, able)
    assert list(chosen) == sorted(chosen)
    assert all(at < len(sentences[number]) for number, at in chosen)


@pytest.mark.parametrize("words", [20, 35, 50, 80])
def test_a_budget_of_words_is_met_as_whole_sentences_allow(reader: Reader, words: int) -> None:
    """The words chosen are off by no more than half of the longest sentence."""
    pages, sentences = read_all(reader, STORY, OTHER)
    lengths = [
        [len(text[slice(*each.span)].split()) for each in cut]
        for text, cut in zip((STORY, OTHER), sentences, strict=True)
    ]
    chosen = reader.choose(pages, sentences, Budget(words=words))
    total = sum(lengths[number][at] for number, at in chosen)
    assert abs(total - words) <= max(map(max, lengths)) / 2
    assert list(chosen) == sorted(chosen)


def test_choices_do_not_repeat_what_another_text_says(reader: Reader) -> None:
    """Of two texts that are the same no sentence is taken twice."""
    pages, sentences = read_all(reader, STORY, STORY)
    places = [at for _, at in reader.choose(pages, sentences, Budget(sentences=3))]
    assert len(set(places)) == 3


def test_a_pronoun_means_the_only_one_named(reader: Reader) -> None:
    """Where one woman is spoken of, she is meant."""
    text = "Mara Quist chairs the quay board. She told the council that dues would rise."
    assert reader.resolve(text, *asked(text, "She", "Mara Quist")) == ("Mara Quist",)


def test_pronouns_are_told_apart(reader: Reader) -> None:
    """She and him mean the woman and the man whom the text names, asked at once or one by one."""
    text = "Mary Quist met John Tarn. She asked him for a delay."
    she, names = asked(text, "She", "Mary Quist", "John Tarn")
    him, _ = asked(text, "him")
    assert reader.resolve(text, she + him, names * 2) == ("Mary Quist", "John Tarn")
    assert reader.resolve(text, him, names) == ("John Tarn",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The nurse came from Ostrand by ferry. She was late.", ["Ostrand"]),
        ("The minister read Vell Harbour Weekly. She was late.", []),
        (f"Mara Quist left.\n\n{FILLER * 12} She was late.", ["Mara Quist"]),
    ],
    ids=["a place", "nobody named", "too far away"],
)
def test_a_pronoun_means_nobody_for_sure(reader: Reader, text: str, names: list[str]) -> None:
    """No name is given where none fits, none is offered, or none stands near."""
    assert reader.resolve(text, *asked(text, "She", *names)) == (None,)


def test_no_pronouns_no_names(reader: Reader) -> None:
    """Where nothing is asked nothing is answered."""
    assert reader.resolve(NEWS, [], []) == ()


@pytest.mark.parametrize("precision", ["bf16", "int8"])
def test_precisions_agree(precision: Precision) -> None:
    """Rounded or not, plain news reads the same."""
    both: tuple[Precision, ...] = (precision, "fp32")
    rounded, full = (told(Reader(precision=each), NEWS) for each in both)
    assert rounded == full


def test_digest_is_that_of_the_weights(reader: Reader) -> None:
    """The digest for the colophon is that of the digests of both files of weights."""
    files = [SHIPPED / f"{name}.safetensors" for name in ("model", "reader")]
    both = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    assert reader.sha256 == hashlib.sha256(both.encode()).hexdigest()
    assert reader.name == read_card(SHIPPED).name


def test_loads_no_more_than_it_needs() -> None:
    """The module imports no torch, and reading imports neither transformers nor spaCy."""
    code = (
        "import sys, briefing.reader.reader as r; print('torch' in sys.modules);"
        "r.Reader().read('Orme said no.');"
        "print([name for name in ('transformers', 'spacy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "[]"]


def test_missing_weights_are_a_model_error(folder: Path) -> None:
    """The reader's file must be there, and the hint says what to do."""
    (folder / "reader.safetensors").unlink()
    with pytest.raises(ModelError, match=r"reader\.safetensors cannot be read") as caught:
        Reader(folder)
    assert caught.value.hint


def test_a_card_without_heads_is_a_model_error(folder: Path) -> None:
    """An encoder alone cannot read."""
    card = (folder / "model.toml").read_text("utf-8")
    before, rest = card.split("[heads]", 1)
    files = rest.split("[files]", 1)[1].split("\n[", 1)[0]
    (folder / "model.toml").unlink()
    (folder / "model.toml").write_text(f"{before}[files]{files}", "utf-8")
    with pytest.raises(ModelError, match="names no heads"):
        Reader(folder)


def test_heads_without_a_digest_are_a_model_error(folder: Path) -> None:
    """The card must vouch for the heads' file as well."""
    card = (folder / "model.toml").read_text("utf-8")
    (folder / "model.toml").unlink()
    (folder / "model.toml").write_text(card.replace('"reader.safetensors" =', '"x" ='), "utf-8")
    with pytest.raises(ModelError, match=r"no digest for reader\.safetensors"):
        read_card(folder)


@pytest.mark.parametrize(
    "name",
    [
        "attribution.heads.asks.bias",
        "claims.layer.5.output.dense.weight",
        "encoder.layer.0.output.dense.bias",
    ],
)
def test_weights_that_lack_a_part_are_a_model_error(folder: Path, name: str) -> None:
    """A file with other weights is refused with the name of what is missing."""
    path = folder / "reader.safetensors"
    weights = load_file(path)
    del weights[name]
    path.unlink()
    save_file(weights, path)
    card = (folder / "model.toml").read_text("utf-8")
    old = read_card(folder).files["reader.safetensors"]
    (folder / "model.toml").unlink()
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "model.toml").write_text(card.replace(old, new), "utf-8")
    with pytest.raises(ModelError, match=name.rpartition("attribution.heads.")[2]):
        Reader(folder)

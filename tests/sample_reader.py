"""A tiny model with random weights, and corpora to train it on; all texts are invented."""

from __future__ import annotations

import gzip
import hashlib
import json
from typing import TYPE_CHECKING

from briefing.paths import shipped
from briefing.reader.card import read_card
from briefing.reader.weights import save

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHIPPED = shipped("models") / "reader"
TOKENIZER = SHIPPED / "tokenizer.json"
CONFIG = {
    "model_type": "bert",
    "hidden_act": "gelu",
    "hidden_size": 64,
    "intermediate_size": 96,
    "num_attention_heads": 2,
    "num_hidden_layers": 3,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 256,
    "type_vocab_size": 2,
    "vocab_size": 30522,
}
# (source), {cue} and [content]
MARKED = (
    "(The quay board) {said} [dues will rise]. Rain fell. [“No boat can pay”], {warned} (Vell).",
    "(Orme Tarn) {told} the press [that the ferry stops]. (The crews) {oppose} [the plan].",
    "{According to} (the ministry), [small boats are exempt]. The council sat until noon.",
    "[“We shall see,”] (the chair) {said}. (Ostrand Vell) {denied} [any delay].",
)
STORY = (
    "The quay board of Ost raised its dues by 12 per cent on Friday. Small boats pay nothing until"
    " the spring. Vell said that the crews would leave the port. Rain kept the ferry in its"
    " harbour all day. The council meets again in March."
)
SUMMARY = "The quay board raised dues by 12 per cent. Crews would leave, Vell said."
PRONOUN = "Mara Quist met Tilda Orme at the quay. Later she signed the paper, Orme told the crew."


def annotated(marked: str, number: int) -> dict[str, object]:
    """An article of the corpus from a text with its annotations in brackets; one cue a sentence."""
    text, spans, opened = "", [], 0
    for character in marked:
        if character in "({[":
            opened = len(text)
        elif character in ")}]":
            spans.append((")}]".index(character), opened, len(text)))
        else:
            text += character
    attributions = [
        {
            name: [
                [start, end]
                for role, start, end in spans
                if role == place and text.count(". ", 0, start) == text.count(". ", 0, cue)
            ]
            for place, name in enumerate(("source", "cue", "content"))
        }
        for kind, cue, _ in spans
        if kind == 1
    ]
    return {"id": str(number), "split": "train", "text": text, "attributions": attributions}


def write_corpus(folder: Path, name: str, records: Sequence[object]) -> None:
    """Write gzipped JSON lines."""
    lines = "".join(json.dumps(each) + "\n" for each in records)
    (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))


def write_articles(folder: Path) -> None:
    """Write a corpus of four articles of its train part, and one of another."""
    articles = [annotated(marked, number) for number, marked in enumerate(MARKED)]
    write_corpus(folder, "polnear", [*articles, {**annotated(MARKED[0], 9), "split": "dev"}])


def write_corpora(folder: Path) -> None:
    """Write all corpora that training reads, of very few texts each."""
    write_articles(folder)
    story = {"id": "1", "split": "train", "document": STORY, "summary": SUMMARY}
    for name in ("sum_cnndm", "sum_xsum", "sum_bbc"):
        write_corpus(folder, name, [story, {**story, "split": "test"}])
    pair = {"split": "train", "documents": [STORY, MARKED[1]], "summary": SUMMARY}
    write_corpus(folder, "sum_multinews", [pair])
    write_corpus(folder, "sum_policy", [{**story, "source_set": "billsum_us_train"}])
    several = {"split": "train", "document": STORY, "summaries": [SUMMARY, "Dues rose."]}
    write_corpus(folder, "sum_writers", [several])
    write_corpus(folder, "docs_whitehouse", [story])
    claims = [
        {"id": str(number), "sentence": sentence, "label": number % 2, "block": 1}
        for number, sentence in enumerate(("I hope so.", "The toll rose to 9 crowns in 1987."))
    ]
    write_corpus(folder, "claims_claimbuster", [{**each, "split": "train"} for each in claims])
    write_pronouns(folder)


def write_pronouns(folder: Path) -> None:
    """Write the three corpora of pronouns; the first two are of one text."""
    first, second, she = (PRONOUN.index(word) for word in ("Mara", "Tilda", "she"))
    asked = {
        "split": "train",
        "text": PRONOUN,
        "pronoun": [she, she + 3],
        "candidates": [
            {"span": [first, first + 10], "coref": False},
            {"span": [second, second + 10], "coref": True},
        ],
    }
    write_corpus(folder, "coref_gap", [asked])
    write_corpus(folder, "coref_gum", [{**asked, "genre": "news"}])
    write_corpus(folder, "coref_litbank", [asked, asked])


def tiny_model(folder: Path) -> Path:
    """A model's folder with a tiny encoder of random weights and no heads yet."""
    import torch
    from transformers import BertConfig, BertModel

    folder.mkdir()
    (folder / "tokenizer.json").symlink_to(TOKENIZER)
    (folder / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    # Results differ with their number, and two wait for each other more than they work.
    torch.set_num_threads(1)
    torch.manual_seed(7)
    encoder = BertModel(BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False)
    save(encoder.state_dict(), folder / "model.safetensors")
    card = (SHIPPED / "model.toml").read_text("utf-8")
    for name, old in read_card(SHIPPED).files.items():
        if (folder / name).exists():
            new = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            card = card.replace(old, new)
    (folder / "model.toml").write_text(card, "utf-8")
    return folder

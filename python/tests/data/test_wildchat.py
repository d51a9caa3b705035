from pathlib import Path
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

from laser.data.data_error import DataError
from laser.data.wildchat import CATEGORIES

from .prepared import prepared, put_lines


def conversation(text: str, **changes: Any) -> dict[str, Any]:
    turn = {"role": "user", "content": text, "language": "English", "toxic": False}
    reply = {"role": "assistant", "content": "Yes.", "language": "English", "toxic": False}
    return {
        "conversation_id": "0",
        "conversation": [turn, reply, turn],
        "language": "English",
        "toxic": False,
        **changes,
    }


def labelled(count: int, label: str) -> list[dict[str, Any]]:
    return [conversation(f"{label} {number}", category=label) for number in range(count)]


def test_first_user_turns_in_english_that_are_not_toxic(tmp_path: Path) -> None:
    no_user = conversation("x", category="coding")
    no_user["conversation"] = no_user["conversation"][1:]
    rows = [
        *labelled(20, "coding"),
        *labelled(20, "Assisting or creative writing"),
        *labelled(2, "roleplay"),
        conversation("Schreib ein Gedicht", language="German", category="coding"),
        conversation("rude", toxic=True, category="coding"),
        no_user,
    ]
    place = tmp_path / "train-00000-of-00001.parquet"
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), place)
    result = prepared("wildchat", place, out=tmp_path / "out", held_out_share=0.3, per_category=5)
    assert result.manifest["train"]["categories"] == {"coding": 5, "creative writing": 5}
    assert "answer" not in result.train[0]
    dropped = result.manifest["dropped"]
    assert dropped.pop("over a limit") > 0
    assert dropped == {
        "not in English": 1,
        "of another category": 2,
        "toxic": 1,
        "without a user turn at the beginning": 1,
    }


def test_categories_are_never_guessed(tmp_path: Path) -> None:
    place = put_lines(tmp_path / "a.jsonl", [conversation("Write a poem")])
    with pytest.raises(DataError, match=r"1 prompts have no category.*--classifier.*--category-f"):
        prepared("wildchat", place, out=tmp_path / "out")


def test_another_field_with_the_category(tmp_path: Path) -> None:
    rows = [conversation(f"Sort {n} lists", topic="coding") for n in range(20)]
    place = put_lines(tmp_path / "a.jsonl", rows)
    result = prepared("wildchat", place, out=tmp_path / "out", category_field="topic", seed=3)
    assert {line["category"] for line in result.all} == {"coding"}


def test_a_classifier_of_transformers_tells_the_category(tmp_path: Path) -> None:
    labels = sorted(label for label in CATEGORIES if " or " in label)
    model = word_classifier(tmp_path / "classifier", {"poem": labels[0], "sum": labels[1]})
    rows = [conversation(f"poem {n}") for n in range(12)] + [
        conversation(f"sum {n} " + "long " * 600) for n in range(12)
    ]
    place = put_lines(tmp_path / "a.jsonl", rows)
    result = prepared(
        "wildchat", place, out=tmp_path / "out", classifier=str(model), held_out_share=0.3
    )
    expected = {"poem": CATEGORIES[labels[0]], "sum": CATEGORIES[labels[1]]}
    assert len(result.all) == 24
    for line in result.all:
        assert line["category"] == expected[line["prompt"].split()[0]]


def test_a_classifier_that_is_none(tmp_path: Path) -> None:
    place = put_lines(tmp_path / "a.jsonl", [conversation("Write a poem")])
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="cannot be loaded as a text classifier"):
        prepared("wildchat", place, out=tmp_path / "out", classifier=str(tmp_path / "empty"))


def test_a_file_that_is_no_wildchat(tmp_path: Path) -> None:
    place = put_lines(tmp_path / "a.jsonl", [conversation("x", conversation="x")])
    with pytest.raises(DataError, match=r'"conversation" must be a list of turns'):
        prepared("wildchat", place, out=tmp_path / "out")


def word_classifier(folder: Path, label_of: dict[str, str]) -> Path:
    """A tiny real classifier whose label is that of the text's first word."""
    vocabulary = {"[UNK]": 0, "[PAD]": 1, **{word: n + 2 for n, word in enumerate(label_of)}}
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()  # type: ignore[assignment]
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]"
    ).save_pretrained(folder)
    size = len(label_of)
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=4,
            num_hidden_layers=0,
            num_attention_heads=1,
            intermediate_size=4,
            id2label=dict(enumerate(label_of.values())),
            label2id={label: n for n, label in enumerate(label_of.values())},
        )
    )
    weights = model.state_dict()
    for weight in weights.values():
        weight.zero_()
    weights["bert.embeddings.LayerNorm.weight"].fill_(1)
    for n in range(size):
        weights["bert.embeddings.word_embeddings.weight"][n + 2, n] = 1
        weights["classifier.weight"][n, n] = 1
    weights["bert.pooler.dense.weight"].copy_(
        weights["bert.pooler.dense.weight"].new_ones(4).diag()
    )
    model.load_state_dict(weights)
    model.save_pretrained(folder)
    return folder

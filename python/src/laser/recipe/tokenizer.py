"""A character tokenizer, as the files that transformers and vLLM load."""

import json
from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders
from tokenizers.models import BPE
from tokenizers.processors import TemplateProcessing

from laser.recipe.tasks import LETTERS

PAD, BOS, EOS, UNKNOWN = SPECIAL_TOKENS = ("<pad>", "<bos>", "<eos>", "<unk>")
CHARACTERS = "0123456789" + LETTERS + "+-*=?<~"

PAD_ID, BOS_ID, EOS_ID = 0, 1, 2
VOCABULARY_SIZE = len(SPECIAL_TOKENS) + len(CHARACTERS)

POLICY_TEMPLATE = "{{ bos_token }}{% for message in messages %}{{ message['content'] }}{% endfor %}"
REWARD_MODEL_TEMPLATE = POLICY_TEMPLATE + "{{ eos_token }}"


def build_tokenizer(*, closes_with_eos: bool) -> Tokenizer:
    """A text becomes <bos> and one token a character; with `closes_with_eos` (reward models) also
    <eos>."""
    vocabulary = {token: i for i, token in enumerate((*SPECIAL_TOKENS, *CHARACTERS))}
    tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=[], unk_token=UNKNOWN))
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL_TOKENS])
    tokenizer.post_processor = TemplateProcessing(  # type: ignore[assignment]
        single=f"{BOS} $A {EOS}" if closes_with_eos else f"{BOS} $A",
        special_tokens=[(BOS, BOS_ID), (EOS, EOS_ID)],
    )
    tokenizer.decoder = decoders.Fuse()  # type: ignore[assignment]
    return tokenizer


def save_tokenizer(folder: Path, *, closes_with_eos: bool) -> None:
    """tokenizer.json and tokenizer_config.json, with a chat template that gives the same tokens as
    the plain text."""
    build_tokenizer(closes_with_eos=closes_with_eos).save(str(folder / "tokenizer.json"))
    config = {
        "bos_token": BOS,
        "chat_template": REWARD_MODEL_TEMPLATE if closes_with_eos else POLICY_TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": EOS,
        "model_max_length": 128,
        "pad_token": PAD,
        "padding_side": "right",
        "tokenizer_class": "PreTrainedTokenizerFast",
        "unk_token": UNKNOWN,
    }
    (folder / "tokenizer_config.json").write_text(
        json.dumps(config, indent=2, sort_keys=True) + "\n"
    )


def encode(text: str) -> list[int]:
    """Token ids of a plain text, without any special token."""
    return [_IDS[character] for character in text]


def decode(token_ids: list[int]) -> str:
    """Text up to the first <eos>; other special tokens are left out."""
    end = token_ids.index(EOS_ID) if EOS_ID in token_ids else len(token_ids)
    return "".join(
        CHARACTERS[i - len(SPECIAL_TOKENS)] for i in token_ids[:end] if i >= len(SPECIAL_TOKENS)
    )


_IDS = {character: i + len(SPECIAL_TOKENS) for i, character in enumerate(CHARACTERS)}

from pathlib import Path

import pytest
from transformers import AutoTokenizer

from laser.smollm2.build_error import BuildError
from laser.smollm2.convert_gguf import save_tokenizer, split_digits

from .byte_tokenizer import byte_tokenizer


def test_digits_stand_alone_and_leave_the_blanks_before_them_together() -> None:
    tokenizer = byte_tokenizer().backend_tokenizer
    split_digits(tokenizer, "smollm")
    assert tokenizer.pre_tokenizer is not None
    pieces = [piece for piece, _ in tokenizer.pre_tokenizer.pre_tokenize_str("so\n\n12 + x9")]
    assert pieces == ["so", "ĊĊ", "1", "2", "Ġ+", "Ġx", "9"]


def test_another_models_scheme_is_refused() -> None:
    with pytest.raises(BuildError, match="'gpt-2', not 'smollm'"):
        split_digits(byte_tokenizer().backend_tokenizer, "gpt-2")


def test_a_saved_tokenizer_gives_the_same_tokens_and_template(tmp_path: Path) -> None:
    tokenizer = byte_tokenizer()
    split_digits(tokenizer.backend_tokenizer, "smollm")
    save_tokenizer(tokenizer, tmp_path)
    loaded = AutoTokenizer.from_pretrained(tmp_path, local_files_only=True)
    messages = [{"role": "user", "content": "What is 12 + 30?\n"}]
    assert loaded.apply_chat_template(messages, tokenize=False, add_generation_prompt=True) == (
        "<|im_start|>user\nWhat is 12 + 30?\n<|im_end|>\n<|im_start|>assistant\n"
    )
    assert loaded.encode("a 12\n\n3<|im_end|>") == tokenizer.encode("a 12\n\n3<|im_end|>")
    assert loaded.eos_token_id == 2
    assert str(tmp_path) not in (tmp_path / "tokenizer_config.json").read_text(encoding="utf-8")

"""Which texts a schema allows, and decoding bound to them."""

import pytest
import torch

from conformance.tiny_checkpoints import JSON_SYMBOLS, SYMBOLS, tiny_tokenizer
from laser.server.allowed_texts import AllowedTexts
from laser.server.errors import RequestRefused
from laser.server.schema_texts import schema_texts


def _object(**properties: object) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def test_lists_every_text() -> None:
    verdict = _object(
        winner={"type": "string", "enum": ["A", "tie"]},
        score={"type": "integer", "minimum": -1, "maximum": 0},
        sure={"type": "boolean"},
    )
    texts = schema_texts(verdict)
    assert len(texts) == 2 * 2 * 2
    assert texts[0] == '{"winner":"A","score":-1,"sure":true}'
    assert texts[-1] == '{"winner":"tie","score":0,"sure":false}'


@pytest.mark.parametrize(
    "schema",
    [
        None,
        {"type": "array"},
        _object(reason={"type": "string"}),
        _object(score={"type": "integer", "minimum": 0}),
        _object(score={"type": "integer", "minimum": 0, "maximum": 10**9}),
        {"type": "object", "properties": {"score": {"enum": [1]}}, "required": []},
        _object(score={"enum": []}),
    ],
)
def test_refuses_what_cannot_be_listed(schema: object) -> None:
    with pytest.raises(RequestRefused, match=r"this server binds replies|texts, and"):
        schema_texts(schema)


def test_only_a_listed_text_can_be_written_and_then_it_ends() -> None:
    tokenizer = tiny_tokenizer(SYMBOLS + JSON_SYMBOLS)
    allowed = AllowedTexts(['{"a":1}', '{"a":10}', '{"b":2}'], tokenizer, [2])

    def after(written: str) -> list[str]:
        row = allowed.mask(torch.zeros(1, len(tokenizer)), [written])[0]
        return sorted(
            str(tokenizer.decode([int(token)])) for token in torch.isfinite(row).nonzero()
        )

    assert after("") == ["{"]
    assert after('{"') == ["a", "b"]
    assert after('{"a":1') == ["0", "}"]
    assert after('{"a":10}') == ["</s>"]

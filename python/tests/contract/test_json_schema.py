"""The pydantic shapes are those of contract/*.ts, by the JSON Schema that zod wrote of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from laser.contract import (
    BundleManifest,
    FailureType,
    FingerprintJob,
    FingerprintResult,
    PreferencePair,
    StepRecord,
    TrainingJob,
    TrainingResult,
    WireModel,
)
from laser.trainer.trainer_failure import FINAL

PROJECT = Path(__file__).parents[3]
SHAPES: dict[str, type[WireModel]] = {
    "bundle-manifest": BundleManifest,
    "fingerprint-job": FingerprintJob,
    "fingerprint-result": FingerprintResult,
    "preference-pair": PreferencePair,
    "step-record": StepRecord,
    "training-job": TrainingJob,
    "training-result": TrainingResult,
}


def given(value: Any, is_required: bool) -> Any:
    """Of what may be left out, what it is if it is there: pydantic's default is a null that nobody
    sends."""
    if is_required or not isinstance(value, list) or "null" not in value:
        return value
    options = [option for option in value if option != "null"]
    return options[0] if len(options) == 1 else options


def essence(schema: dict[str, Any], definitions: dict[str, Any]) -> Any:
    """What two JSON Schemas of one shape have in common, whoever wrote them."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if "JsonValue" in name or name.startswith("__schema"):
            return "json"
        return essence(definitions[name], definitions)
    if "enum" in schema:
        return sorted(schema["enum"])
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return sorted(
                (essence(option, definitions) for option in schema[union]), key=json.dumps
            )
    if schema.get("type") == "object" and "properties" in schema:
        return {
            "properties": {
                name: given(essence(value, definitions), name in schema.get("required", []))
                for name, value in schema["properties"].items()
            },
            "required": sorted(schema.get("required", [])),
            "closed": schema.get("additionalProperties") is False,
        }
    if schema.get("type") == "object":
        patterns = list(schema.get("patternProperties", {}).values())
        values = patterns[0] if patterns else schema["additionalProperties"]
        return {"values": essence(values, definitions)}
    if schema.get("type") == "array":
        return [essence(schema["items"], definitions)]
    return schema.get("type", "json")


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_shape_is_the_one_of_the_contract(name: str) -> None:
    written = json.loads((PROJECT / "contract/json-schema" / f"{name}.json").read_text())
    own = SHAPES[name].model_json_schema(by_alias=True)
    expected = essence(written, written.get("$defs", {}))
    assert essence(own, own.get("$defs", {})) == expected


def test_failure_types_are_those_of_the_contract() -> None:
    written = json.loads((PROJECT / "contract/failure-types.json").read_text())
    assert sorted(written) == sorted(FailureType)
    assert {name for name, tried_again in written.items() if tried_again == "never"} == FINAL

"""The JSON texts that a schema allows, where they can be listed."""

import itertools
import json
from collections.abc import Iterator
from typing import Any

from laser.server.errors import RequestRefused

MAX_TEXTS = 10_000
LISTABLE = (
    "this server binds replies to objects whose keys are all required and are each an enum, a "
    "const, a boolean, or an integer with minimum and maximum"
)


def schema_texts(schema: Any) -> tuple[str, ...]:
    """Every text that obeys `schema`, keys in its order, without white space.

    A tiny model needs no grammar engine for a score or a verdict. 400 for any other schema.
    """
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise _not_listable("the schema's type is not object")
    properties = schema.get("properties")
    if not isinstance(properties, dict) or set(schema.get("required", ())) != set(properties):
        raise _not_listable("a key is optional")
    values = [_values(name, value) for name, value in properties.items()]
    count = 1
    for choices in values:
        count *= len(choices)
    if not 0 < count <= MAX_TEXTS:
        raise _not_listable(f"it allows {count} texts, and {MAX_TEXTS} can be listed")
    return tuple(_texts(list(properties), values))


def _texts(names: list[str], values: list[list[Any]]) -> Iterator[str]:
    for combination in itertools.product(*values):
        named = dict(zip(names, combination, strict=True))
        yield json.dumps(named, ensure_ascii=False, separators=(",", ":"))


def _values(name: str, schema: Any) -> list[Any]:
    if not isinstance(schema, dict):
        raise _not_listable(f"'{name}' has no schema")
    if "const" in schema:
        return [schema["const"]]
    if isinstance(schema.get("enum"), list):
        return schema["enum"]
    if schema.get("type") == "boolean":
        return [True, False]
    low, high = schema.get("minimum"), schema.get("maximum")
    if schema.get("type") == "integer" and isinstance(low, int) and isinstance(high, int):
        if high - low >= MAX_TEXTS:
            raise _not_listable(f"'{name}' has {high - low + 1} values")
        return list(range(low, high + 1))
    raise _not_listable(f"'{name}' has values without end")


def _not_listable(problem: str) -> RequestRefused:
    return RequestRefused(f"{problem}; {LISTABLE}.", "response_format")

from collections.abc import Iterable
from typing import Any

import rfc8785


def canonical_json(value: Any) -> bytes:
    """UTF-8 bytes of `value` by RFC 8785: equal values have equal bytes in every language.

    Raises:
        ValueError: NaN, an infinity, a lone surrogate, a key that is no string, or an integer
            beyond ±(2^53 - 1), which JavaScript could not read back.
    """
    return rfc8785.dumps(value)


def canonical_json_lines(values: Iterable[Any]) -> bytes:
    """Each value as one canonical line, ended by a line feed."""
    return b"".join(canonical_json(value) + b"\n" for value in values)

"""Checks completions by lines of JSON: {"answer", "completion"} in, {"equivalent"} out, in order.

The first line out is {"ready": true}. Whoever starts this process limits the time of an item, by
killing it; memory is limited here. It ends when its input does.
"""

import json
import resource
import sys

MEMORY_BYTES = 4 * 2**30


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    from laser.verifier.math_equivalence import math_equivalence

    _write({"ready": True})
    for line in sys.stdin:
        item = json.loads(line)
        try:
            equivalent = math_equivalence(item["answer"], item["completion"])
        except Exception as error:
            # sympy can raise anything on odd input, MemoryError and RecursionError included.
            _write({"equivalent": None, "error": f"{type(error).__name__}: {error}"[:200]})
        else:
            _write({"equivalent": equivalent})


def _write(line: dict[str, object]) -> None:
    sys.stdout.write(f"{json.dumps(line)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()

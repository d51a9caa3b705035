"""What a person sees of a stage while it goes on."""

import sys
import time

SECONDS_BETWEEN_LINES = 5


class StageProgress:
    """Writes "stage: 3/16, 40 s, 173 s left" to standard error, at most once in five seconds."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._started = self._written = time.monotonic()
        print(f"{stage} …", file=sys.stderr, flush=True)

    def __call__(self, done: int, all_of_them: int, detail: str = "") -> None:
        now = time.monotonic()
        if now - self._written < SECONDS_BETWEEN_LINES and done < all_of_them:
            return
        self._written = now
        spent = now - self._started
        left = spent / done * (all_of_them - done)
        line = f"{self._stage}: {done}/{all_of_them}{detail}, {spent:.0f} s, {left:.0f} s left"
        print(line, file=sys.stderr, flush=True)

"""What a person sees of a build: one line a stage while it goes on, with the time that is left."""

import sys
import time


class Progress:
    """Callable as report(step, steps, loss); writes to standard error, at most once in five
    seconds."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._started = self._written = time.monotonic()
        print(f"{stage} …", file=sys.stderr, flush=True)

    def __call__(self, step: int, steps: int, loss: float) -> None:
        now = time.monotonic()
        if now - self._written < 5 and step < steps:
            return
        self._written = now
        spent = now - self._started
        left = spent / step * (steps - step)
        line = f"{self._stage}: {step}/{steps}, loss {loss:.3f}, {spent:.0f} s, {left:.0f} s left"
        print(line, file=sys.stderr, flush=True)


def announce(line: str) -> None:
    print(line, file=sys.stderr, flush=True)

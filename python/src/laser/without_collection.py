import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """For imports of torch and its like: about a million objects that stay for good.

    To look among them for garbage takes a fifth of a process's start, and of every full collection
    later; so no collection runs meanwhile, and none looks at them afterwards.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()

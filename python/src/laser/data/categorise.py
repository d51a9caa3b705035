from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from laser.data.data_error import DataError, HubUnreachable
from laser.data.prompt import Part, Prompt

BATCH = 16
LONGEST_TEXT = 512
"""Tokens that the classifier sees of a prompt."""


def categorise(
    read: Sequence[tuple[Part, Prompt]],
    category_of: Callable[[str], str | None],
    classifier: str | None,
    dropped: Counter[str],
) -> list[tuple[Part, Prompt]]:
    """Labels turned into the set's categories; prompts with another label are dropped. Labels
    are the source's own, else the classifier's, a sequence classifier of transformers.

    @throws DataError
    """
    unlabelled = [prompt.text for _, prompt in read if prompt.category is None]
    if unlabelled and classifier is None:
        raise DataError(
            f"{len(unlabelled)} prompts have no category: the public set has none. Give "
            "--classifier with a text classifier whose labels are the set's categories "
            "(valpy/prompt-classification is one), or --category-field with the field of your file"
        )
    found = iter(_classify(unlabelled, classifier) if unlabelled and classifier else ())
    kept: list[tuple[Part, Prompt]] = []
    for part, prompt in read:
        label = prompt.category if prompt.category is not None else next(found)
        category = category_of(label)
        if category is None:
            dropped["of another category"] += 1
        else:
            kept.append((part, replace(prompt, category=category)))
    return kept


def _classify(texts: Sequence[str], classifier: str) -> list[str]:
    from transformers import pipeline

    try:
        classify = pipeline("text-classification", model=classifier)
    except (OSError, ValueError) as error:
        kind = DataError if Path(classifier).exists() else HubUnreachable
        raise kind(f"{classifier}: cannot be loaded as a text classifier: {error}") from error
    results = classify(list(texts), truncation=True, max_length=LONGEST_TEXT, batch_size=BATCH)
    return [result["label"] for result in results]

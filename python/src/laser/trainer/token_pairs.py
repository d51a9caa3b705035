from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from laser.artifact_store import ArtifactStore
from laser.contract import ArtifactRef, FailureType, PreferencePair, TrainingJob
from laser.trainer.trainer_failure import TrainerFailure


@dataclass(frozen=True)
class TokenSequence:
    """A prompt and a completion as token ids; equal ones are computed once."""

    prompt: tuple[int, ...]
    completion: tuple[int, ...]

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.completion)


@dataclass(frozen=True)
class TokenPair:
    """`place` is the pair's place in its artifact."""

    place: int
    prompt_id: str
    chosen: TokenSequence
    rejected: TokenSequence

    @property
    def longest(self) -> int:
        return max(self.chosen.length, self.rejected.length)


def read_token_pairs(store: ArtifactStore, job: TrainingJob, vocabulary: int) -> list[TokenPair]:
    """The job's pairs in file order, cut at `max_length` tokens."""
    pairs = read_pairs(store, job.pairs, job, vocabulary)
    if not pairs:
        stored = len(store.get(job.pairs).splitlines())
        raise TrainerFailure(
            FailureType.NO_PAIRS,
            f"Pairs {job.pairs.sha256}: none of the {stored} pairs has a completion token "
            f"within maxLength {job.options.max_length}; raise training maxLength or shorten "
            "the prompts.",
        )
    return pairs


def read_pairs(
    store: ArtifactStore, source: ArtifactRef, job: TrainingJob, vocabulary: int
) -> list[TokenPair]:
    """An artifact's pairs in file order, cut at `max_length` tokens.

    Pairs whose prompt alone fills `max_length` have nothing left to learn from and are left out.
    """
    stored = [
        parse_pair(line, number, source)
        for number, line in enumerate(store.get(source).splitlines(), start=1)
    ]
    limit = job.options.max_length
    pairs = [
        cut(pair, place, limit)
        for place, pair in enumerate(stored)
        if len(pair.prompt_token_ids) < limit
    ]
    check_vocabulary(pairs, vocabulary, source, job)
    return pairs


def parse_pair(line: bytes, number: int, source: ArtifactRef) -> PreferencePair:
    try:
        return PreferencePair.model_validate_json(line)
    except ValidationError as error:
        raise TrainerFailure(
            FailureType.CONFIG_INVALID,
            f"Pairs {source.sha256}, line {number} is no PreferencePair: {error}",
        ) from error


def cut(pair: PreferencePair, place: int, limit: int) -> TokenPair:
    prompt = tuple(pair.prompt_token_ids)
    room = limit - len(prompt)
    return TokenPair(
        place=place,
        prompt_id=pair.prompt_id,
        chosen=TokenSequence(prompt, tuple(pair.chosen_token_ids[:room])),
        rejected=TokenSequence(prompt, tuple(pair.rejected_token_ids[:room])),
    )


def check_vocabulary(
    pairs: Sequence[TokenPair], vocabulary: int, source: ArtifactRef, job: TrainingJob
) -> None:
    for pair in pairs:
        for sequence in (pair.chosen, pair.rejected):
            largest = max(max(sequence.prompt), max(sequence.completion))
            if largest >= vocabulary:
                raise TrainerFailure(
                    FailureType.CONFIG_INVALID,
                    f"Pairs {source.sha256}, prompt {pair.prompt_id}: token id {largest} is "
                    f"outside the {vocabulary} tokens of base model {job.base_model.name}; "
                    "generate with the same base model as is trained.",
                )

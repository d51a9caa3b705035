"""The sizes of a build. The defaults are the ones of examples/smollm2-gsm8k."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    seed: int = 7
    threads: int = 2
    sampled_questions: int = 64
    """Questions whose answers train the reward model; the easiest of the file."""
    measured_questions: int = 24
    """Questions of the same kind on which the reward model is measured; never trained on."""
    completions_per_question: int = 4
    retold_per_question: int = 2
    """Answers sampled for each with the worked solution in the prompt."""
    temperature: float = 0.8
    max_tokens: int = 96
    questions_per_part: int = 8
    """Sampling is saved in parts of so many questions, so that an interrupted build goes on."""
    pairs_per_question: int = 2
    """At most so many pairs of each kind from one question."""
    trained_layers: int = 4
    """The last layers, trained with the head; the layers below stay as they are."""
    epochs: int = 2
    pairs_per_step: int = 8
    learning_rate: float = 1e-4

"""The user's file of questions with worked solutions, in GSM8K's form."""

import json
from dataclasses import dataclass
from pathlib import Path

from laser.smollm2.build_error import BuildError
from laser.smollm2.verdict import gold_number

MOST_PROBLEMS = 5


@dataclass(frozen=True)
class Question:
    """`solution` has GSM8K's <<calculations>>; `answer` is its last number, without commas."""

    text: str
    solution: str
    answer: str
    line: str
    """The file's own line, unchanged."""

    @property
    def calculations(self) -> int:
        return self.solution.count("<<")


def read_questions(path: Path) -> list[Question]:
    """In file order. Byte-order mark, CRLF and blank lines are fine; bad lines are named."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError(
            f"{path} cannot be read: {error}. Give the path of a JSON-lines file."
        ) from error
    questions: list[Question] = []
    problems: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(line.strip()))
        except ValueError as error:
            problems.append(f"{path}: line {number} {error}")
    if problems:
        raise BuildError("\n".join(problems[:MOST_PROBLEMS]))
    if not questions:
        raise BuildError(f"{path} has no questions; give JSON lines with question and answer.")
    return questions


def _question(line: str) -> Question:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error}") from error
    text = record.get("question") if isinstance(record, dict) else None
    solution = record.get("answer") if isinstance(record, dict) else None
    if not isinstance(text, str) or not isinstance(solution, str):
        raise ValueError('is no object with the texts "question" and "answer"')
    answer = gold_number(solution)
    if answer is None:
        raise ValueError('has no number behind "####" in its answer')
    return Question(text, solution, answer, line)

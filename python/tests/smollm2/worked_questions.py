"""Questions in GSM8K's form, made up for the tests."""

import json
from random import Random

from laser.smollm2.question import Question
from laser.smollm2.verdict import gold_number


def worked_question(text: str, solution: str) -> Question:
    answer = gold_number(solution)
    assert answer is not None
    line = json.dumps({"question": text, "answer": solution})
    return Question(text, solution, answer, line)


def apple_questions(count: int) -> list[Question]:
    """Different questions of one to four calculations, longer as they go."""
    random = Random(5)
    questions: list[Question] = []
    for number in range(count):
        calculations = 1 + number % 4
        total, steps = 50 + number, []
        for _ in range(calculations):
            more = random.randint(2, 9)
            steps.append(
                f"That makes {total}+{more} = <<{total}+{more}={total + more}>>{total + more}."
            )
            total += more
        text = f"A box holds some apples, {'and more, ' * (number % 7)}case {number + 1000}?"
        questions.append(worked_question(text, "\n".join(steps) + f"\n#### {total}"))
    return questions

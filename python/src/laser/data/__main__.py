"""`python -m laser.data <set> --out DIR`: a public set as the JSON lines of a campaign."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from laser.data.data_error import DataError, HubUnreachable
from laser.data.prepare import Settings, prepare
from laser.data.public_sets import PUBLIC_SETS


def main(parameters: Sequence[str] | None = None) -> int:
    defaults = Settings()
    parser = argparse.ArgumentParser(prog="python -m laser.data", description=__doc__)
    parser.add_argument("set", choices=sorted(PUBLIC_SETS))
    parser.add_argument("--from", dest="origins", nargs="+", default=[])
    parser.add_argument("--revision")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    parser.add_argument("--held-out-share", type=float, default=defaults.held_out_share)
    parser.add_argument("--resplit", action="store_true")
    parser.add_argument("--sample", type=int)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--held-out-limit", type=int)
    parser.add_argument("--per-category", type=int)
    parser.add_argument("--subjects", action="store_true")
    parser.add_argument("--category-field", default=defaults.category_field)
    parser.add_argument("--classifier")
    arguments = vars(parser.parse_args(parameters))
    name, origins, revision, out = (
        arguments.pop(key) for key in ("set", "origins", "revision", "out")
    )
    try:
        prepare(name, origins, revision, out, Settings(**arguments))
    except HubUnreachable as error:
        print(error, file=sys.stderr)
        return 3
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

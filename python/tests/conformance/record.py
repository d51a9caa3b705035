"""Record a real vLLM's replies, one file a case, for the roles whose URL is given (see README)."""

import argparse
import json
from pathlib import Path

from .case import ROLES, Case, Role
from .cases import CASES
from .exchange import run_case
from .tiny_checkpoints import write_all

FIXTURES = Path(__file__).parent / "fixtures"


def fixture_path(case: Case) -> Path:
    """Where the recorded reply of a case is kept."""
    return FIXTURES / case.role / f"{case.name}.json"


def record(url: str, role: Role, folders: dict[str, Path]) -> int:
    """Write the replies of one server; gives how many."""
    cases = [case for case in CASES if case.role == role]
    for case in cases:
        path = fixture_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        reply = run_case(url, case, folders)
        path.write_text(json.dumps(reply, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(cases)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoints", type=Path, required=True, help="start_vllm.py's folder")
    for role in ROLES:
        parser.add_argument(f"--{role}", help=f"URL of the {role} server")
    arguments = parser.parse_args()
    folders = write_all(arguments.checkpoints)
    for role in ROLES:
        url = getattr(arguments, role)
        if url:
            print(f"{role}: {record(url, role, folders)} replies recorded")


if __name__ == "__main__":
    main()

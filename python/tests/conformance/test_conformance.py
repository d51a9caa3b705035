"""Every case's reply has the shape and the meaning of the one a real vLLM gave."""

import json

import pytest

from .case import Case
from .cases import CASES
from .compare import differences
from .exchange import run_case
from .record import fixture_path
from .served import Served


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reply_conforms(case: Case, served: Served) -> None:
    url = served.urls.get(case.role)
    if url is None:
        pytest.skip(f"no --{case.role} server was named")
    recorded = json.loads(fixture_path(case).read_text(encoding="utf-8"))
    assert differences(case, recorded, run_case(url, case, served.folders)) == []


def test_case_names_are_unique() -> None:
    names = [case.name for case in CASES]
    assert len(set(names)) == len(names)

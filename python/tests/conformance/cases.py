"""All cases, in the order in which they run."""

from .adapter_cases import ADAPTER_CASES
from .case import Case
from .completion_cases import COMPLETION_CASES
from .pooling_cases import POOLING_CASES
from .server_cases import SERVER_CASES

CASES: list[Case] = [*SERVER_CASES, *COMPLETION_CASES, *ADAPTER_CASES, *POOLING_CASES]

"""All cases, in the order in which they run."""

from .adapter_cases import ADAPTER_CASES
from .case import Case
from .chat_cases import CHAT_CASES
from .completion_cases import COMPLETION_CASES
from .pooling_cases import POOLING_CASES
from .server_cases import SERVER_CASES
from .steps_cases import STEPS_CASES

CASES: list[Case] = [
    *SERVER_CASES,
    *COMPLETION_CASES,
    *ADAPTER_CASES,
    *POOLING_CASES,
    *STEPS_CASES,
    *CHAT_CASES,
]

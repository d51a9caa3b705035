"""What a conformance case is."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Role = Literal["generate", "classify", "embed", "steps", "chat"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Exchange:
    """One HTTP request. `{name}` in a string of the body is the folder of that checkpoint."""

    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: str | None = None


@dataclass(frozen=True)
class Case:
    """A request whose reply must have the shape and meaning of vLLM's recorded one.

    `before` and `after` set the server up and restore it. `sampled`: the tokens are a draw, so
    token values are not compared. `message`: a pattern both error messages must match, where the
    words are not the protocol.
    """

    name: str
    role: Role
    request: Exchange
    before: tuple[Exchange, ...] = ()
    after: tuple[Exchange, ...] = ()
    sampled: bool = False
    message: str | None = None


def post(path: str, body: Any, **headers: str) -> Exchange:
    return Exchange("POST", path, body, headers)


def get(path: str) -> Exchange:
    return Exchange("GET", path)

"""Command line of the model server. Imports nothing heavy, so `--help` is instant."""

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

Task = Literal["generate", "classify"]

_MODEL = re.compile(r"^(?P<name>[^=]+)=(?P<path>.+?)(?::(?P<task>[a-z]+))?$")


@dataclass(frozen=True)
class ModelArgument:
    """One `--model NAME=PATH[:TASK]`."""

    name: str
    path: Path
    task: Task


@dataclass(frozen=True)
class ServerArguments:
    """What `python -m laser.server` was asked for."""

    models: tuple[ModelArgument, ...]
    host: str
    port: int
    threads: int
    ready_file: Path | None
    exit_with_parent: bool
    max_lora_rank: int
    max_num_queued_reqs: int | None
    max_request_bytes: int


def parse_arguments(argv: list[str] | None = None) -> ServerArguments:
    """Parse `argv` (default: the process's own); a usage error exits with status 2."""
    parser = argparse.ArgumentParser(
        prog="python -m laser.server",
        description="Serve tiny real models on a CPU over vLLM's HTTP protocol.",
    )
    parser.add_argument(
        "--model",
        action="append",
        required=True,
        type=_model,
        metavar="NAME=PATH[:TASK]",
        help="a folder of config, safetensors and tokenizer; TASK is generate (default: also "
        "answers /v1/embeddings) or classify; repeat for several models",
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to bind (default: loopback)")
    parser.add_argument("--port", type=int, default=0, help="0 (default) takes a free port")
    parser.add_argument("--threads", type=int, default=1, help="torch threads (default: 1)")
    parser.add_argument(
        "--ready-file",
        type=Path,
        help='written as {"url","pid"} in one step once the server answers',
    )
    parser.add_argument(
        "--exit-with-parent",
        action="store_true",
        help="end when the process that started this one ends (Linux)",
    )
    parser.add_argument("--max-lora-rank", type=int, default=64, help="default: 64")
    parser.add_argument(
        "--max-num-queued-reqs",
        type=int,
        help="sequences waiting or running before new requests get 503 (default: no limit)",
    )
    parser.add_argument(
        "--max-request-bytes",
        type=int,
        default=32 * 1024 * 1024,
        help="larger request bodies get 413 (default: 32 MiB)",
    )
    parsed = parser.parse_args(argv)
    names = [model.name for model in parsed.model]
    repeated = {name for name in names if names.count(name) > 1}
    if repeated:
        parser.error(f"--model: {sorted(repeated)} named twice; give each model its own NAME")
    if parsed.threads < 1:
        parser.error(f"--threads: {parsed.threads} is not a positive number")
    return ServerArguments(
        models=tuple(parsed.model),
        host=parsed.host,
        port=parsed.port,
        threads=parsed.threads,
        ready_file=parsed.ready_file,
        exit_with_parent=parsed.exit_with_parent,
        max_lora_rank=parsed.max_lora_rank,
        max_num_queued_reqs=parsed.max_num_queued_reqs,
        max_request_bytes=parsed.max_request_bytes,
    )


def _model(text: str) -> ModelArgument:
    match = _MODEL.match(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not NAME=PATH[:TASK]")
    task = match["task"] or "generate"
    if task not in get_args(Task):
        raise argparse.ArgumentTypeError(
            f"'{text}': task '{task}' is unknown; use one of {', '.join(get_args(Task))}"
        )
    path = Path(match["path"])
    if not (path / "config.json").is_file():
        raise argparse.ArgumentTypeError(
            f"'{text}': {path / 'config.json'} is missing; give the folder of a saved model"
        )
    return ModelArgument(match["name"], path.resolve(), cast(Task, task))

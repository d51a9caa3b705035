"""Load the models, bind the port, serve until told to stop."""

import json
import os
import socket
from pathlib import Path

import torch
import uvicorn

from laser.server.app import create_app
from laser.server.arguments import ServerArguments
from laser.server.models import ModelRegistry, load_model

KEEP_ALIVE_SECONDS = 65
SHUTDOWN_SECONDS = 5


class _AnnouncingServer(uvicorn.Server):
    """Writes the ready file between "listening" and the first request."""

    def __init__(self, config: uvicorn.Config, url: str, ready_file: Path | None):
        super().__init__(config)
        self._url = url
        self._ready_file = ready_file

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._ready_file is not None:
            _write_ready_file(self._ready_file, self._url)
        print(f"laser.server: {self._url}", flush=True)


def run(arguments: ServerArguments) -> None:
    """Serve `arguments.models` until SIGTERM or SIGINT."""
    torch.set_num_threads(arguments.threads)
    torch.set_num_interop_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.set_grad_enabled(False)
    registry = ModelRegistry([load_model(model) for model in arguments.models])
    app = create_app(registry, arguments)
    listener = _listen(arguments.host, arguments.port)
    host, port = listener.getsockname()[:2]
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    _AnnouncingServer(config, url, arguments.ready_file).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """A bound socket. With TCP named asyncio sets TCP_NODELAY; without, answers wait 40 ms."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    return listener


def _write_ready_file(path: Path, url: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    partial.write_text(json.dumps({"url": url, "pid": os.getpid()}), encoding="utf-8")
    os.replace(partial, path)

"""One computation at a time, in order of arrival, given up when its client goes away."""

import asyncio
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import torch
from fastapi import Request
from starlette.types import Receive

from laser.server.errors import QueueFull
from laser.server.metrics import Metrics

Answer = TypeVar("Answer")


class ClientDisconnected(Exception):
    """Raised inside a computation whose client has gone."""


class ComputeQueue:
    """A single compute thread. What else is in flight never meets a request's tensors."""

    def __init__(self, metrics: Metrics, max_queued: int | None):
        self._metrics = metrics
        self._max_queued = max_queued
        self._slots = 0
        self._thread = ThreadPoolExecutor(
            max_workers=1,
            thread_name_prefix="compute",
            initializer=lambda: torch.set_grad_enabled(False),
        )

    async def run(
        self,
        request: Request,
        work: Callable[[Callable[[], None]], Answer],
        slots: int = 1,
        admit: int = 1,
    ) -> Answer:
        """`work(check)` on the compute thread; `check` raises once the client has gone.

        `slots` sequences count as in flight until it ends. As in vLLM, 503 is decided on
        `admit` = n, and a limit of None never refuses.
        """
        if self._max_queued is not None and self._slots + admit > self._max_queued:
            self._metrics.add("vllm:admission_rejections_total", reason="max_num_queued_reqs")
            raise QueueFull
        gone = threading.Event()
        arrived = time.monotonic()
        self._slots += slots
        self._metrics.add("vllm:num_requests_waiting", 1)

        def compute() -> Answer:
            self._metrics.add("vllm:num_requests_waiting", -1)
            self._metrics.observe("vllm:request_queue_time_seconds", time.monotonic() - arrived)
            self._metrics.add("vllm:num_requests_running", 1)
            try:
                _check(gone)
                return work(lambda: _check(gone))
            finally:
                self._metrics.add("vllm:num_requests_running", -1)

        computation = asyncio.get_running_loop().run_in_executor(self._thread, compute)
        watch = asyncio.create_task(_disconnect(request.receive))
        try:
            await asyncio.wait({computation, watch}, return_when=asyncio.FIRST_COMPLETED)
            if not computation.done():
                gone.set()
            return await computation
        finally:
            gone.set()
            watch.cancel()
            self._slots -= slots
            self._metrics.observe("vllm:e2e_request_latency_seconds", time.monotonic() - arrived)


def _check(gone: threading.Event) -> None:
    if gone.is_set():
        raise ClientDisconnected


async def _disconnect(receive: Receive) -> None:
    """Return at the client's disconnect. The body has been read, so nothing else can arrive."""
    while (await receive())["type"] != "http.disconnect":
        pass

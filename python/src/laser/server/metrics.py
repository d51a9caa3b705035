"""Counters under vLLM's names, in Prometheus's text format 0.0.4."""

import threading
from collections import defaultdict
from collections.abc import Iterable

BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
HELP = {
    "vllm:num_requests_running": ("gauge", "Requests being computed."),
    "vllm:num_requests_waiting": ("gauge", "Requests waiting to be computed."),
    "vllm:prompt_tokens_total": ("counter", "Prompt tokens read."),
    "vllm:generation_tokens_total": ("counter", "Tokens generated."),
    "vllm:request_success_total": ("counter", "Finished sequences by reason."),
    "vllm:admission_rejections_total": ("counter", "Requests refused with 503 by reason."),
    "vllm:e2e_request_latency_seconds": ("histogram", "Seconds from arrival to answer."),
    "vllm:request_queue_time_seconds": ("histogram", "Seconds from arrival to computation."),
    "vllm:lora_requests_info": ("gauge", "Loaded LoRA adapters."),
}
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Thread-safe values of the families in HELP, each by its labels."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[str, dict[Labels, float]] = defaultdict(lambda: defaultdict(float))
        self._seconds: dict[str, dict[Labels, list[float]]] = defaultdict(dict)

    def add(self, family: str, amount: float = 1, **labels: str) -> None:
        """Add to a counter or gauge."""
        with self._lock:
            self._values[family][_key(labels)] += amount

    def replace(self, family: str, amount: float, **labels: str) -> None:
        """Make this the only value of a gauge."""
        with self._lock:
            self._values[family] = defaultdict(float, {_key(labels): amount})

    def observe(self, family: str, seconds: float, **labels: str) -> None:
        """Add one duration to a histogram: counts by bucket, then +Inf, then the sum."""
        with self._lock:
            row = self._seconds[family].setdefault(_key(labels), [0.0] * (len(BUCKETS) + 2))
            for place, bound in enumerate(BUCKETS):
                row[place] += seconds <= bound
            row[-2] += 1
            row[-1] += seconds

    def text(self) -> str:
        """The page /metrics answers with."""
        with self._lock:
            return "\n".join(self._lines()) + "\n"

    def _lines(self) -> Iterable[str]:
        for family, (kind, explanation) in HELP.items():
            yield f"# HELP {family} {explanation}"
            yield f"# TYPE {family} {kind}"
            for labels, value in self._values[family].items():
                yield f"{family}{_shown(labels)} {value}"
            for labels, row in self._seconds[family].items():
                bounds = [*map(str, BUCKETS), "+Inf"]
                for bound, value in zip(bounds, row, strict=False):
                    yield f"{family}_bucket{_shown((*labels, ('le', bound)))} {value}"
                yield f"{family}_count{_shown(labels)} {row[-2]}"
                yield f"{family}_sum{_shown(labels)} {row[-1]}"


def _key(labels: dict[str, str]) -> Labels:
    return tuple(labels.items())


def _shown(labels: Labels) -> str:
    pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{pairs}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")

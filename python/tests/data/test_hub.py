"""The real huggingface_hub client against a server here that speaks the hub's routes for data
sets; the hub itself is not asked."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SET = "openai/gsm8k"


def lines(first: int, count: int) -> bytes:
    return b"".join(
        json.dumps({"question": f"What is {n} + 1?", "answer": f"#### {n + 1}"}).encode() + b"\n"
        for n in range(first, first + count)
    )


FILES = {
    "README.md": b"A card.\n",
    "main/train.jsonl": lines(0, 10),
    "main/test.jsonl": lines(100, 5),
    "socratic/train.jsonl": lines(0, 10),
}


class Hub(BaseHTTPRequestHandler):
    asked: list[str]

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path}")
        path = self.path.split("?")[0]
        if path in (f"/api/datasets/{SET}/revision/{name}" for name in ("main", "v1", COMMIT)):
            siblings = [{"rfilename": name} for name in FILES]
            self._answer({"id": SET, "sha": COMMIT, "siblings": siblings})
        elif path == f"/api/datasets/{SET}/tree/{COMMIT}":
            self._answer(
                [
                    {"type": "file", "path": name, "size": len(content), "oid": _etag(content)}
                    for name, content in FILES.items()
                ]
            )
        elif path.startswith(f"/datasets/{SET}/resolve/{COMMIT}/"):
            content = FILES[path.split(f"{COMMIT}/")[1]]
            self._answer(content, {"X-Repo-Commit": COMMIT, "ETag": f'"{_etag(content)}"'})
        elif path.startswith("/api/datasets/gated/"):
            self._answer({}, {"X-Error-Code": "GatedRepo"}, 403)
        else:
            self._answer({}, {"X-Error-Code": "RepoNotFound"}, 404)

    def _answer(
        self, body: object, headers: dict[str, str] | None = None, status: int = 200
    ) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


def _etag(content: bytes) -> str:
    return hashlib.sha1(content).hexdigest()


@pytest.fixture
def hub() -> Iterator[str]:
    Hub.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def laser_data(folder: Path, endpoint: str, *parameters: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(folder / "cache"),
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_OFFLINE": "0",
    }
    return subprocess.run(
        [sys.executable, "-m", "laser.data", *parameters, "--out", str(folder / "out")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("revision", [None, "v1"])
def test_a_set_by_its_hub_id_through_a_local_server_of_the_hubs_routes(
    tmp_path: Path, hub: str, revision: str | None
) -> None:
    at = [] if revision is None else ["--revision", revision]
    outcome = laser_data(tmp_path, hub, "gsm8k", *at)
    assert outcome.returncode == 0, outcome.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert manifest["sources"] == [{"from": SET, "revision": COMMIT}]
    assert (manifest["train"]["prompts"], manifest["heldOut"]["prompts"]) == (10, 5)
    assert [file["name"] for file in manifest["files"]] == [
        f"{SET}/main/test.jsonl",
        f"{SET}/main/train.jsonl",
    ]
    fetched = {line.split()[1] for line in Hub.asked if "/resolve/" in line}
    assert {path.split(f"{COMMIT}/")[1] for path in fetched} == {
        "main/train.jsonl",
        "main/test.jsonl",
    }


@pytest.mark.parametrize(
    ("origin", "code", "message"),
    [
        ("nobody/nothing", 2, "nobody/nothing: the hub has no such data set"),
        ("gated/set", 3, "gated/set: the hub asks for consent first"),
        ("no-such-folder", 2, "no-such-folder: there is no such file, folder or hub id"),
    ],
)
def test_a_set_that_cannot_be_had(
    tmp_path: Path, hub: str, origin: str, code: int, message: str
) -> None:
    outcome = laser_data(tmp_path, hub, "gsm8k", "--from", origin)
    assert (outcome.returncode, outcome.stdout) == (code, "")
    assert outcome.stderr.startswith(message)


def test_no_hub_at_all_is_the_environments_fault(tmp_path: Path) -> None:
    outcome = laser_data(tmp_path, "http://127.0.0.1:1", "gsm8k")
    assert outcome.returncode == 3
    assert "the hub cannot be reached and this machine has no copy" in outcome.stderr
    assert "Traceback" not in outcome.stderr

"""The routes."""

import time
from collections.abc import Callable
from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse

from laser.server.adapters import load_adapter, unload_adapter
from laser.server.arguments import ServerArguments
from laser.server.chat import create_chat_completion
from laser.server.classify import create_classification
from laser.server.completions import create_completion
from laser.server.compute_queue import ClientDisconnected, ComputeQueue
from laser.server.embed import create_embeddings
from laser.server.errors import register_error_handlers
from laser.server.metrics import Metrics
from laser.server.model_cards import model_cards
from laser.server.models import VERSION, ModelRegistry, Target
from laser.server.protocol import (
    ChatRequest,
    CompletionRequest,
    DetokenizeRequest,
    LoadAdapterRequest,
    PoolingRequest,
    TokenizeRequest,
    UnloadAdapterRequest,
    prompt_count,
)
from laser.server.request_limit import RequestLimit
from laser.server.token_classify import create_token_classification
from laser.server.tokenize import detokenize, tokenize

Create = Callable[[Target, Any, str, Callable[[], None]], dict[str, Any]]
CLIENT_CLOSED_REQUEST = 499


async def require_json(request: Request) -> None:
    """400 unless the body is declared as JSON, as in vLLM."""
    media_type = request.headers.get("content-type", "").lower().split(";", maxsplit=1)[0]
    if media_type != "application/json":
        raise RequestValidationError(["Unsupported Media Type: Only 'application/json' is allowed"])


def create_app(registry: ModelRegistry, arguments: ServerArguments) -> FastAPI:
    """The application over loaded models."""
    app = FastAPI(title="laser.server", docs_url=None, redoc_url=None)
    app.add_middleware(RequestLimit, max_bytes=arguments.max_request_bytes)
    register_error_handlers(app)
    metrics = Metrics()
    queue = ComputeQueue(metrics, arguments.max_num_queued_reqs)
    json_only = [Depends(require_json)]

    @app.exception_handler(ClientDisconnected)
    async def _(_: Request, __: ClientDisconnected) -> Response:
        metrics.add("vllm:request_success_total", finished_reason="abort")
        return Response(status_code=CLIENT_CLOSED_REQUEST)

    async def answer(
        create: Create, target: Target, body: Any, raw: Request, slots: int = 1, admit: int = 1
    ) -> JSONResponse:
        request_id = raw.headers.get("x-request-id", body.request_id)

        def work(check: Callable[[], None]) -> dict[str, Any]:
            return create(target, body, request_id, check)

        content = await queue.run(raw, work, slots, admit)
        _count(metrics, target.name, content)
        return JSONResponse(content)

    @app.post("/v1/completions", dependencies=json_only)
    async def _(body: CompletionRequest, raw: Request) -> JSONResponse:
        target = registry.find(body.model, "generate", "Completions")
        n = max(body.n, 1)
        slots = prompt_count(body.prompt) * n
        return await answer(create_completion, target, body, raw, slots, n)

    @app.post("/v1/chat/completions", dependencies=json_only)
    async def _(body: ChatRequest, raw: Request) -> JSONResponse:
        target = registry.find(body.model, "generate", "Chat Completions")
        n = max(body.n, 1)
        return await answer(create_chat_completion, target, body, raw, n, n)

    @app.post("/classify", dependencies=json_only)
    async def _(body: PoolingRequest, raw: Request) -> JSONResponse:
        target = registry.find(body.model, "classify", "Classification")
        return await answer(create_classification, target, body, raw)

    @app.post("/pooling", dependencies=json_only)
    async def _(body: PoolingRequest, raw: Request) -> JSONResponse:
        target = registry.find(body.model, "classify", "Pooling")
        return await answer(create_token_classification, target, body, raw)

    @app.post("/v1/embeddings", dependencies=json_only)
    async def _(body: PoolingRequest, raw: Request) -> JSONResponse:
        target = registry.find(body.model, "generate", "Embeddings")
        return await answer(create_embeddings, target, body, raw)

    @app.post("/tokenize", dependencies=json_only)
    async def _(body: TokenizeRequest) -> JSONResponse:
        return JSONResponse(tokenize(registry.find(body.model, None, "Tokenize").model, body))

    @app.post("/detokenize", dependencies=json_only)
    async def _(body: DetokenizeRequest) -> JSONResponse:
        return JSONResponse(detokenize(registry.find(body.model, None, "Tokenize").model, body))

    @app.post("/v1/load_lora_adapter", dependencies=json_only)
    async def _(body: LoadAdapterRequest, raw: Request) -> Response:
        text = await queue.run(
            raw,
            lambda _: load_adapter(
                registry,
                body.lora_name,
                body.lora_path,
                body.base_model_name,
                arguments.max_lora_rank,
            ),
        )
        _list_adapters(metrics, registry)
        return Response(text)

    @app.post("/v1/unload_lora_adapter", dependencies=json_only)
    async def _(body: UnloadAdapterRequest, raw: Request) -> Response:
        text = await queue.run(raw, lambda _: unload_adapter(registry, body.lora_name))
        _list_adapters(metrics, registry)
        return Response(text)

    @app.get("/v1/models")
    async def _() -> JSONResponse:
        return JSONResponse({"object": "list", "data": model_cards(registry)})

    @app.get("/health")
    async def _() -> Response:
        return Response(status_code=200)

    @app.get("/version")
    async def _() -> JSONResponse:
        return JSONResponse({"version": VERSION})

    @app.get("/metrics")
    async def _() -> PlainTextResponse:
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    return app


def _count(metrics: Metrics, name: str, content: dict[str, Any]) -> None:
    usage = content["usage"]
    metrics.add("vllm:prompt_tokens_total", usage["prompt_tokens"], model_name=name)
    metrics.add("vllm:generation_tokens_total", usage["completion_tokens"], model_name=name)
    for choice in content.get("choices", ()):
        reason = choice["finish_reason"]
        metrics.add("vllm:request_success_total", finished_reason=reason, model_name=name)


def _list_adapters(metrics: Metrics, registry: ModelRegistry) -> None:
    names = [name for model in registry.models for name in model.adapters]
    metrics.replace("vllm:lora_requests_info", time.time(), loaded_lora_adapters=",".join(names))

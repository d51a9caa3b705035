"""413 for bodies over the limit, whether or not they announce their length."""

from http import HTTPStatus
from typing import Any

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from laser.server.errors import error_response


class RequestLimit:
    """ASGI middleware that stops reading a body at `max_bytes`."""

    def __init__(self, app: ASGIApp, max_bytes: int):
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self._max_bytes:
            refused = self._refusal()
            phrase = HTTPStatus(refused.status_code).phrase
            answer = error_response(refused.status_code, phrase, refused.detail, None)
            await answer(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message: dict[str, Any] = dict(await receive())
            read += len(message.get("body", b""))
            if read > self._max_bytes:
                raise self._refusal()
            return message

        await self._app(scope, counted, send)

    def _refusal(self) -> HTTPException:
        return HTTPException(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"The request body is over {self._max_bytes} bytes; send fewer prompts a request or "
            "start the server with a larger --max-request-bytes.",
        )

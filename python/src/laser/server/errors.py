"""Failures a request can meet, and the one JSON shape in which vLLM reports them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

REPORTED_VALIDATION_ERRORS = 10
REPORTED_INPUT_CHARACTERS = 200


class ServerError(Exception):
    """A failure with its HTTP status and the fields of vLLM's error body.

    Not a ValueError, so that pydantic passes it through when a validator raises it.
    """

    def __init__(self, status: int, error_type: str, message: str, param: str | None = None):
        super().__init__(message)
        self.status = status
        self.error_type = error_type
        self.message = message
        self.param = param


class RequestRefused(ServerError):
    """400: the request asks for something invalid. The suffix is how vLLM names the field."""

    def __init__(self, message: str, parameter: str | None = None, value: Any = None):
        named = [f"parameter={parameter}"] if parameter is not None else []
        shown = [f"value={value}"] if value is not None else []
        suffix = f" ({', '.join(named + shown)})" if named or shown else ""
        super().__init__(400, "BadRequestError", message + suffix, parameter)


class ModelNotFound(ServerError):
    """404: no served model or loaded adapter has the name."""

    def __init__(self, message: str, param: str | None = None):
        super().__init__(404, "NotFoundError", message, param)


class TaskNotSupported(ServerError):
    """501: the named model exists but does not do what the route does."""

    def __init__(self, api: str):
        super().__init__(501, "NotImplementedError", f"The model does not support {api} API")


class QueueFull(ServerError):
    """503: the admission limit is reached. vLLM sends no Retry-After."""

    def __init__(self) -> None:
        super().__init__(
            503,
            HTTPStatus(503).phrase,
            "The engine is currently busy and cannot accept new requests. "
            "Please try again later or on a different instance.",
        )


class ComputationFailed(ServerError):
    """500: the model gave something no answer can be made of."""

    def __init__(self, message: str):
        super().__init__(500, "InternalServerError", message)


def error_response(status: int, error_type: str, message: str, param: str | None) -> JSONResponse:
    """vLLM's error body `{"error": {"message", "type", "param", "code"}}`."""
    error = {"message": message, "type": error_type, "param": param, "code": status}
    return JSONResponse({"error": error}, status_code=status)


def register_error_handlers(app: FastAPI) -> None:
    """Every failure of a route leaves in vLLM's shape; validation is always 400, never 422."""

    @app.exception_handler(ServerError)
    async def _(_: Request, error: ServerError) -> JSONResponse:
        return error_response(error.status, error.error_type, error.message, error.param)

    @app.exception_handler(RequestValidationError)
    async def _(_: Request, error: RequestValidationError) -> JSONResponse:
        errors = error.errors()
        phrase = HTTPStatus(400).phrase
        return error_response(400, phrase, _describe(errors), _first_location(errors))

    @app.exception_handler(HTTPException)
    async def _(_: Request, error: HTTPException) -> JSONResponse:
        phrase = HTTPStatus(error.status_code).phrase
        return error_response(error.status_code, phrase, str(error.detail), None)

    @app.exception_handler(ValueError)
    async def _(_: Request, error: ValueError) -> JSONResponse:
        return error_response(400, "BadRequestError", str(error), None)

    @app.exception_handler(Exception)
    async def _(_: Request, error: Exception) -> JSONResponse:
        return error_response(500, "InternalServerError", f"{type(error).__name__}: {error}", None)


def _describe(errors: Sequence[Any]) -> str:
    label = "validation error" if len(errors) == 1 else "validation errors"
    lines = [f"  {_bounded(error)}" for error in errors[:REPORTED_VALIDATION_ERRORS]]
    hidden = len(errors) - len(lines)
    if hidden > 0:
        lines.append(f"  ...and {hidden} more errors")
    return "\n".join([f"{len(errors)} {label}:", *lines])


def _bounded(error: Any) -> str:
    if not isinstance(error, dict):
        return str(error)[:REPORTED_INPUT_CHARACTERS]
    shown = {**error, "loc": _location(error.get("loc", ()))}
    if "input" in shown:
        shown["input"] = repr(shown["input"])[:REPORTED_INPUT_CHARACTERS]
    return str(shown)


def _first_location(errors: Sequence[Any]) -> str | None:
    first = errors[0] if errors else None
    return _location(first["loc"]) if isinstance(first, dict) and first.get("loc") else None


def _location(location: Sequence[Any]) -> str:
    """Dotted path without pydantic's names of union branches, which are types, not fields."""
    branches = {"str", "int", "float", "bool", "list", "dict", "none"}
    parts = [str(part) for part in location]
    fields = [part for part in parts if part not in branches and "[" not in part]
    return ".".join(fields or parts)

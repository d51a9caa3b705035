"""Request bodies. Fields that are not listed are ignored, as vLLM ignores them."""

from typing import Annotated, Any, Literal
from uuid import uuid4

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, model_validator

from laser.server.errors import RequestRefused

MAX_PROMPTS = 1024
MAX_STOP_STRINGS = 4
TokenId = Annotated[int, Field(ge=0)]
TextsOrTokens = list[TokenId] | list[list[TokenId]] | str | list[str]


def prompt_count(prompt: TextsOrTokens | None) -> int:
    """How many prompts a request holds; a flat list of ids is one."""
    if not isinstance(prompt, list) or not prompt or isinstance(prompt[0], int):
        return 1
    return len(prompt)


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore")
    model: str | None = None


class _SamplingRequest(_Body):
    """What completions and chat have in common."""

    frequency_penalty: float | None = None
    n: int = 1
    presence_penalty: float | None = None
    seed: int | None = Field(default=None, ge=-(2**63), le=2**63 - 1)
    stop: str | Annotated[list[str], Field(max_length=MAX_STOP_STRINGS)] | None = None
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    min_p: float | None = None
    repetition_penalty: float | None = None
    stop_token_ids: list[int] | None = None
    include_stop_str_in_output: bool = False
    ignore_eos: bool = False
    min_tokens: int = 0
    skip_special_tokens: bool = True
    request_id: str = Field(default_factory=lambda: uuid4().hex)
    return_token_ids: bool | None = None


class CompletionRequest(_SamplingRequest):
    """POST /v1/completions. The second block is what this server has only in its neutral form."""

    prompt: TextsOrTokens | None = None
    echo: bool | None = False
    logprobs: int | None = None
    max_tokens: int | None = 16
    truncate_prompt_tokens: Annotated[int, Field(ge=-1)] | None = None
    truncation_side: Literal["left", "right"] | None = None
    prompt_logprobs: int | None = None
    add_special_tokens: bool = True
    return_tokens_as_token_ids: bool | None = None

    stream: bool | None = False
    suffix: str | None = None
    use_beam_search: bool = False
    logit_bias: dict[str, float] | None = None
    allowed_token_ids: list[int] | None = None
    logprob_token_ids: list[int] | None = None
    bad_words: list[str] | None = None
    prompt_embeds: Any = None
    response_format: Any = None
    structured_outputs: Any = None
    repetition_detection: Any = None

    @model_validator(mode="before")
    @classmethod
    def _check(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        prompt = data.get("prompt")
        if (prompt is None or prompt == "") and not data.get("prompt_embeds"):
            raise RequestRefused(
                "Either prompt or prompt_embeds must be provided and non-empty.", "prompt"
            )
        count = prompt_count(prompt)
        if count > MAX_PROMPTS:
            raise RequestRefused(
                f"prompt list length {count} exceeds the maximum allowed count of {MAX_PROMPTS}.",
                "prompt",
            )
        for name in ("prompt_logprobs", "logprobs"):
            value = data.get(name)
            if value is not None and not isinstance(value, int | float):
                raise RequestRefused(f"`{name}` must be an integer.", name, value)
            if value is not None and value < 0 and value != -1:
                raise RequestRefused(f"`{name}` must be a positive value or -1.", name, value)
        return {**data, "max_tokens": 16} if data.get("max_tokens") is None else data


class ChatRequest(_SamplingRequest):
    """POST /v1/chat/completions. The second block is had in its neutral form only."""

    messages: list[dict[str, Any]]
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    response_format: dict[str, Any] | None = None
    structured_outputs: dict[str, Any] | None = None
    add_special_tokens: bool = False
    add_generation_prompt: bool = True
    continue_final_message: bool = False
    chat_template: str | None = None
    chat_template_kwargs: dict[str, Any] | None = None

    stream: bool | None = False
    tools: list[Any] | None = None
    logprobs: bool | None = False
    top_logprobs: int | None = None
    logit_bias: dict[str, float] | None = None


class PoolingRequest(_Body):
    """POST /classify, /pooling and /v1/embeddings: `input`, or one conversation in `messages`."""

    input: TextsOrTokens | None = None
    messages: list[dict[str, Any]] | None = None
    use_activation: bool | None = None
    truncate_prompt_tokens: Annotated[int, Field(ge=-1)] | None = None
    truncation_side: Literal["left", "right"] | None = None
    add_special_tokens: bool | None = None
    add_generation_prompt: bool = False
    continue_final_message: bool = False
    chat_template: str | None = None
    chat_template_kwargs: dict[str, Any] | None = None
    request_id: str = Field(default_factory=lambda: uuid4().hex)
    encoding_format: Literal["float", "base64"] = "float"
    task: str | None = None
    dimensions: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _check(cls, data: Any) -> Any:
        if isinstance(data, dict) and "normalize" in data:
            raise RequestRefused(
                "Parameter `normalize` was removed; use `use_activation` instead.", "normalize"
            )
        return _with_source(data, "input")


class TokenizeRequest(_Body):
    """POST /tokenize: a `prompt`, or one conversation in `messages`."""

    prompt: str | None = None
    messages: list[dict[str, Any]] | None = None
    add_special_tokens: bool | None = None
    return_token_strs: bool | None = False
    add_generation_prompt: bool = True
    continue_final_message: bool = False
    chat_template: str | None = None
    chat_template_kwargs: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _check(cls, data: Any) -> Any:
        return _with_source(data, "prompt")


class DetokenizeRequest(_Body):
    """POST /detokenize."""

    tokens: list[Annotated[int, Field(ge=0, le=2**63 - 1)]]


class LoadAdapterRequest(BaseModel):
    """POST /v1/load_lora_adapter. `base_model_name` is ours: the base, where several are served."""

    lora_name: str
    lora_path: str
    load_inplace: bool = False
    base_model_name: str | None = None


class UnloadAdapterRequest(BaseModel):
    """POST /v1/unload_lora_adapter."""

    lora_name: str


def _with_source(data: Any, name: str) -> Any:
    """The body, or the error of a missing field unless it holds `name` or `messages`."""
    if isinstance(data, dict) and data.get(name) is None and data.get("messages") is None:
        missing = {"type": "missing", "loc": ("body", name), "msg": "Field required"}
        raise RequestValidationError([{**missing, "input": data}])
    return data

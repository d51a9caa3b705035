"""Text and conversations to token ids, with vLLM's checks against vocabulary and window."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from jinja2 import TemplateError

from laser.server.errors import RequestRefused
from laser.server.models import ServedModel
from laser.server.protocol import (
    ChatRequest,
    DetokenizeRequest,
    PoolingRequest,
    TextsOrTokens,
    TokenizeRequest,
)


@dataclass(frozen=True)
class Truncation:
    """Keep `keep` tokens (None: all).

    As in vLLM, without a side in the request the tokenizer cuts a text before it adds special
    tokens (`by_tokenizer`); with one the finished list of ids is cut.
    """

    keep: int | None
    side: Literal["left", "right"]
    by_tokenizer: bool


NO_TRUNCATION = Truncation(None, "left", False)


def token_id_lists(
    model: ServedModel,
    texts: TextsOrTokens,
    add_special_tokens: bool,
    truncation: Truncation = NO_TRUNCATION,
) -> list[list[int]]:
    """Each prompt of a request as token ids that fit the window; given ids are only checked."""
    if not texts:
        raise RequestRefused("You must pass at least one prompt")
    items = [texts] if isinstance(texts, str) or isinstance(texts[0], int) else texts
    prompts: list[list[int]] = []
    for item in items:
        if isinstance(item, str):
            token_ids = encode(model, item, add_special_tokens, truncation)
        else:
            token_ids = check_vocabulary(model, cast(list[int], item))
        prompts.append(fit_window(model, token_ids, truncation))
    return prompts


def encode(
    model: ServedModel,
    text: str,
    add_special_tokens: bool,
    truncation: Truncation = NO_TRUNCATION,
) -> list[int]:
    """Token ids of a text."""
    backend = model.tokenizer.backend_tokenizer
    encoding = backend.encode(text, add_special_tokens=False)
    if truncation.by_tokenizer and truncation.keep is not None:
        added = backend.num_special_tokens_to_add(False) if add_special_tokens else 0
        encoding.truncate(max(0, truncation.keep - added), direction=truncation.side)
    return list(backend.post_process(encoding, add_special_tokens=add_special_tokens).ids)


def render_conversation(
    model: ServedModel, request: ChatRequest | PoolingRequest | TokenizeRequest
) -> list[int]:
    """Token ids of `request.messages` under the model's chat template."""
    messages = [_plain_message(message) for message in request.messages or []]
    if request.continue_final_message and request.add_generation_prompt:
        raise RequestRefused(
            "Cannot set both `continue_final_message` and `add_generation_prompt` to True."
        )
    kwargs = request.chat_template_kwargs or {}
    if request.chat_template is not None or kwargs.get("chat_template") is not None:
        raise RequestRefused(
            "Chat template is passed with request, but --trust-request-chat-template is not set. "
            "Refused request with untrusted chat template."
        )
    if model.tokenizer.chat_template is None:
        raise RequestRefused(
            "As of transformers v4.44, default chat template is no longer allowed, so you must "
            "provide a chat template if the tokenizer does not define one."
        )
    try:
        text = model.tokenizer.apply_chat_template(
            messages,
            tokenize=False,
            add_generation_prompt=request.add_generation_prompt,
            continue_final_message=request.continue_final_message,
            **kwargs,
        )
    except TemplateError as error:
        raise RequestRefused(str(error)) from error
    return encode(model, str(text), bool(request.add_special_tokens))


def fit_window(model: ServedModel, token_ids: list[int], truncation: Truncation) -> list[int]:
    """Cut if asked, then refuse an empty prompt or one over the model's window."""
    keep, window = truncation.keep, model.max_model_len
    if keep is not None and len(token_ids) > keep:
        left = truncation.side == "left"
        token_ids = token_ids[len(token_ids) - keep :] if left else token_ids[:keep]
    if not token_ids:
        raise RequestRefused("The decoder prompt cannot be empty")
    if len(token_ids) > window:
        least = "at least " if len(token_ids) == window + 1 else ""
        raise RequestRefused(
            f"This model's maximum context length is {window} tokens. However, your prompt "
            f"contains {least}{len(token_ids)} input tokens, which exceeds this limit even without "
            "any output tokens. Please reduce the length of the input prompt.",
            "input_tokens",
            len(token_ids),
        )
    return token_ids


def check_vocabulary(model: ServedModel, token_ids: Sequence[int]) -> list[int]:
    """The ids, or 400 if one is outside the vocabulary."""
    highest = max(token_ids, default=0)
    if highest >= model.vocab_size:
        raise RequestRefused(f"Token id {highest} is out of vocabulary")
    return list(token_ids)


def tokenize(model: ServedModel, request: TokenizeRequest) -> dict[str, Any]:
    """The answer of /tokenize."""
    if request.messages is not None:
        token_ids = render_conversation(model, request)
    else:
        token_ids = encode(model, request.prompt or "", request.add_special_tokens is not False)
    strings = model.tokenizer.convert_ids_to_tokens(token_ids)
    return {
        "count": len(token_ids),
        "max_model_len": model.max_model_len,
        "tokens": token_ids,
        "token_strs": strings if request.return_token_strs else None,
    }


def detokenize(model: ServedModel, request: DetokenizeRequest) -> dict[str, str]:
    """The answer of /detokenize. Special tokens stay in the text."""
    return {"prompt": str(model.tokenizer.decode(check_vocabulary(model, request.tokens)))}


def _plain_message(message: dict[str, Any]) -> dict[str, Any]:
    """A message whose content is text; OpenAI's list of text parts is joined by line breaks."""
    if not isinstance(message.get("role"), str):
        raise RequestRefused("every message needs a 'role'", "messages")
    content = message.get("content")
    if isinstance(content, list):
        parts = [part.get("text") if isinstance(part, dict) else part for part in content]
        if not all(isinstance(part, str) for part in parts):
            raise RequestRefused("only text content is supported in messages", "messages")
        content = "\n".join(map(str, parts))
    return {**message, "content": content or ""}

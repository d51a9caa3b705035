"""A completion request as prompts to generate from."""

from laser.server.chunks import PromptRequest
from laser.server.errors import RequestRefused
from laser.server.models import ServedModel
from laser.server.protocol import CompletionRequest
from laser.server.sampling_parameters import sampling_parameters
from laser.server.tokenize import Truncation, token_id_lists

NOT_SERVED = (
    "stream",
    "suffix",
    "use_beam_search",
    "logit_bias",
    "allowed_token_ids",
    "logprob_token_ids",
    "bad_words",
    "prompt_embeds",
    "structured_outputs",
    "repetition_detection",
)


def prompt_requests(model: ServedModel, request: CompletionRequest) -> list[PromptRequest]:
    """Each prompt with its parameters, or 400 for whatever the server cannot do as asked."""
    for name in NOT_SERVED:
        if getattr(request, name):
            raise RequestRefused(f"`{name}` is not supported by this server; leave it out.", name)
    form = request.response_format
    if form and not (isinstance(form, dict) and form.get("type") == "text"):
        raise RequestRefused("`response_format` is not supported by this server", "response_format")
    window = model.max_model_len
    asked = request.max_tokens if request.max_tokens is not None else 16
    if asked > window:
        raise RequestRefused(
            f"max_tokens={asked} cannot be greater than max_model_len={window}. Please request "
            "fewer output tokens.",
            "max_tokens",
            asked,
        )
    assert request.prompt is not None
    special, truncation = request.add_special_tokens, _truncation(request, asked, window)
    return [
        PromptRequest(ids, sampling_parameters(model, request, _room(request, ids, asked, window)))
        for ids in token_id_lists(model, request.prompt, special, truncation)
    ]


def _truncation(request: CompletionRequest, asked: int, window: int) -> Truncation:
    """-1 keeps what fits the window beside one generated token. Prompts are cut on the left."""
    keep, side = request.truncate_prompt_tokens, request.truncation_side
    if keep is not None and keep > window:
        raise RequestRefused(
            f"truncate_prompt_tokens={keep} cannot be greater than max_model_len = {window}. "
            "Please request a smaller truncation size.",
            "truncate_prompt_tokens",
            keep,
        )
    if keep == -1:
        keep = window - 1 if asked else window
    return Truncation(keep, side or "left", side is None)


def _room(request: CompletionRequest, ids: list[int], asked: int, window: int) -> int:
    """Tokens to generate: clamped to the window; scoring a prompt alone still samples one token."""
    if request.echo and asked == 0:
        return 1
    return min(asked, window - len(ids))

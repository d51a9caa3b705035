"""Cases of /v1/completions."""

from typing import Any

from .case import Case, Exchange, post

PROMPT = "12+3="
IDS = [1, 4, 5, 39, 6, 43]
GREEDY = {"model": "policy", "prompt": PROMPT, "temperature": 0, "max_tokens": 8}
DRAWN = {"model": "policy", "prompt": PROMPT, "temperature": 1, "max_tokens": 6, "seed": 7}
WINDOW = 128


def _greedy(name: str, message: str | None = None, **changes: Any) -> Case:
    body = {key: value for key, value in {**GREEDY, **changes}.items() if value != "absent"}
    return Case(name, "generate", post("/v1/completions", body), message=message)


def _drawn(name: str, **changes: Any) -> Case:
    return Case(name, "generate", post("/v1/completions", {**DRAWN, **changes}), sampled=True)


ANSWERS = [
    _greedy("greedy-text"),
    _greedy("greedy-token-ids", prompt=IDS, return_token_ids=True),
    _greedy("greedy-logprobs", logprobs=2, return_token_ids=True),
    _greedy("greedy-logprobs-zero", logprobs=0),
    _greedy("token-strings-as-ids", logprobs=1, return_tokens_as_token_ids=True),
    _greedy("texts-in-one-request", prompt=[PROMPT, "9*8=", "a"], return_token_ids=True),
    _greedy("ids-in-one-request", prompt=[IDS, [1, 12], [1, 4, 4, 4, 4]], logprobs=0),
    _greedy("without-begin-token", add_special_tokens=False, return_token_ids=True),
    _greedy("special-token-in-text", prompt="1</s>2", return_token_ids=True),
    _greedy("model-left-out", model="absent"),
    _greedy("max-tokens-null-is-16", max_tokens=None),
    _greedy("max-tokens-absent-is-16", max_tokens="absent"),
    _greedy("unknown-fields-are-ignored", no_such_field=1, guided_regex="[0-9]+"),
    _greedy("request-id", request_id="mine"),
    Case(
        "x-request-id",
        "generate",
        Exchange("POST", "/v1/completions", GREEDY, {"x-request-id": "theirs"}),
    ),
    _greedy("clamped-to-window", prompt=[1] + [5] * 119, max_tokens=100, return_token_ids=True),
    _greedy("score-prompt", max_tokens=0, echo=True, logprobs=0, return_token_ids=True),
    _greedy("score-prompts", prompt=[PROMPT, "9"], max_tokens=0, echo=True, logprobs=1),
    _greedy("echo-and-generate", max_tokens=3, echo=True, logprobs=1),
    _greedy("echo-and-generate-ids", max_tokens=3, echo=True, logprobs=1, return_token_ids=True),
    _greedy("echo-without-logprobs", max_tokens=3, echo=True),
    _greedy("echo-of-token-ids", prompt=IDS, max_tokens=3, echo=True),
    _greedy("echo-of-text-with-special-token", prompt="1</s>2", max_tokens=3, echo=True),
    _greedy("echo-truncated", max_tokens=3, echo=True, truncate_prompt_tokens=3),
    _greedy("prompt-logprobs", prompt_logprobs=2),
    _greedy("prompt-logprobs-zero", prompt_logprobs=0, max_tokens=1),
    _greedy("truncated-left", truncate_prompt_tokens=3, truncation_side="left", logprobs=0),
    _greedy("truncated-right", truncate_prompt_tokens=3, truncation_side="right", logprobs=0),
    _greedy("stop-string", stop=["zc"], logprobs=0, return_token_ids=True),
    _greedy("stop-string-kept", stop="zc", include_stop_str_in_output=True),
    _greedy("stop-strings-earliest-wins", stop=["zc?", "uz"], return_token_ids=True),
    _greedy("stop-string-absent", stop=["never"]),
    _greedy("stop-token", stop_token_ids=[38], return_token_ids=True),
    _greedy("stop-token-kept-in-text", stop_token_ids=[38], include_stop_str_in_output=True),
    _greedy("stop-token-before-min-tokens", stop_token_ids=[38], min_tokens=5, logprobs=0),
    _greedy("end-of-text", prompt=[1, 24], max_tokens=60, logprobs=0, return_token_ids=True),
    _greedy("end-of-text-shown", prompt=[1, 24], max_tokens=60, skip_special_tokens=False),
    _greedy("end-of-text-ignored", prompt=[1, 24], max_tokens=60, ignore_eos=True),
    _greedy("repetition-penalty", repetition_penalty=1.7, max_tokens=16, logprobs=1),
    _greedy("presence-penalty", presence_penalty=1.5, max_tokens=16),
    _greedy("frequency-penalty", frequency_penalty=0.9, max_tokens=16),
    _greedy("top-k-one-is-greedy", temperature=1, top_k=1),
    _greedy("tiny-top-p-is-greedy", temperature=1, top_p=0.01),
    _greedy("min-p-one-is-greedy", temperature=1, min_p=1),
    _greedy("several-greedy-draws", temperature=1, top_k=1, n=2, seed=3),
    _drawn("drawn", n=3, logprobs=1, return_token_ids=True, ignore_eos=True),
    _drawn("drawn-prompt-major", prompt=[PROMPT, "9"], n=2, seed=None, ignore_eos=True),
]

REFUSALS = [
    _greedy("greedy-with-n", n=2),
    _greedy("n-zero", n=0),
    _greedy("n-too-large", n=16385, temperature=1, message="n must be at most 16384"),
    _greedy("temperature-too-high", temperature=3),
    _greedy("temperature-negative", temperature=-1),
    _greedy("top-p-zero", top_p=0),
    _greedy("top-k-negative", top_k=-2),
    _greedy("min-p-too-high", min_p=2),
    _greedy("repetition-penalty-zero", repetition_penalty=0),
    _greedy("presence-penalty-too-high", presence_penalty=3),
    _greedy("logprobs-too-many", logprobs=21),
    _greedy("logprobs-negative", logprobs=-2),
    _greedy("logprobs-not-a-number", logprobs="many"),
    _greedy("prompt-logprobs-too-many", prompt_logprobs=21),
    _greedy("stop-too-many", stop=list("abcde"), message="at most 4 items"),
    _greedy("stop-empty", stop=[""]),
    _greedy("max-tokens-zero", max_tokens=0),
    _greedy("max-tokens-negative", max_tokens=-1),
    _greedy("max-tokens-over-window", max_tokens=WINDOW + 1),
    _greedy("prompt-over-window", prompt=[1] * (WINDOW + 1)),
    _greedy("text-over-window", prompt="1" * (WINDOW + 1), message="maximum context length is 128"),
    _greedy("prompt-fills-window", prompt=[1] * WINDOW),
    _greedy("min-tokens-over-max", min_tokens=9),
    _greedy("min-tokens-negative", min_tokens=-1),
    _greedy("seed-out-of-range", seed=2**63, message="validation error"),
    _greedy("prompt-empty", prompt=""),
    _greedy("prompt-absent", prompt="absent"),
    _greedy("prompt-number", prompt=5, message="validation errors"),
    _greedy("prompts-none", prompt=[]),
    _greedy("prompt-without-tokens", prompt=[[]]),
    _greedy("prompts-with-an-empty-text", prompt=["", "1"], add_special_tokens=False),
    _greedy("prompts-too-many", prompt=["1"] * 1025, message="prompt list length 1025 exceeds"),
    _greedy("token-unknown", prompt=[1, 50]),
    _greedy("token-negative", prompt=[1, -1], message="validation errors"),
    _greedy("truncation-over-window", truncate_prompt_tokens=WINDOW + 1),
    _greedy("model-unknown", model="nobody", message="The model `nobody` does not exist"),
    Case(
        "body-not-json",
        "generate",
        Exchange("POST", "/v1/completions", raw="{"),
        message="1 validation error",
    ),
    Case(
        "body-not-declared-json",
        "generate",
        Exchange("POST", "/v1/completions", GREEDY, {"content-type": "text/plain"}),
    ),
    Case("method-not-allowed", "generate", Exchange("GET", "/v1/completions")),
    Case("route-unknown", "generate", post("/v1/no-such-route", {})),
]

COMPLETION_CASES = [*ANSWERS, *REFUSALS]

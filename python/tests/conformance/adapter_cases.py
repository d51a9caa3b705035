"""Cases of the LoRA routes, and of an adapter's name as `model`."""

from .case import Case, Exchange, get, post

FORGET = post("/v1/unload_lora_adapter", {"lora_name": "alpha"})
FORGET_GAMMA = post("/v1/unload_lora_adapter", {"lora_name": "gamma"})
FORGET_BETA = post("/v1/unload_lora_adapter", {"lora_name": "beta"})


def _load(path: str, name: str = "alpha") -> Exchange:
    return post("/v1/load_lora_adapter", {"lora_name": name, "lora_path": path})


def _greedy(model: str) -> Exchange:
    body = {"model": model, "prompt": "12+3=", "temperature": 0, "max_tokens": 8, "logprobs": 1}
    return post("/v1/completions", body)


LOADED = (_load("{first-adapter}"),)
EXPORTED = (_load("{exported-adapter}", "gamma"),)
BOTH = (*LOADED, _load("{second-adapter}", "beta"))

ADAPTER_CASES = [
    Case("adapter-load", "generate", _load("{first-adapter}"), after=(FORGET,)),
    Case("adapter-load-again", "generate", _load("{first-adapter}"), LOADED, (FORGET,)),
    Case("adapter-load-other-path", "generate", _load("{second-adapter}"), LOADED, (FORGET,)),
    Case("adapter-unload", "generate", FORGET, LOADED),
    Case("adapter-unload-unknown", "generate", FORGET),
    Case("adapter-unload-unnamed", "generate", post("/v1/unload_lora_adapter", {"lora_name": ""})),
    Case("adapter-name-empty", "generate", _load("{first-adapter}", "")),
    Case("adapter-path-empty", "generate", _load("")),
    Case("adapter-named-as-base", "generate", _load("{first-adapter}", "policy")),
    Case("adapter-path-missing", "generate", _load("/nowhere/at-all")),
    Case(
        "adapter-fields-missing",
        "generate",
        post("/v1/load_lora_adapter", {"lora_name": "alpha"}),
        message="Field required",
    ),
    Case(
        "adapter-rank-too-high",
        "generate",
        _load("{rank-too-high}"),
        message="LoRA rank 32 is greater than max_lora_rank 16",
    ),
    Case(
        "adapter-of-other-modules",
        "generate",
        _load("{other-modules}"),
        message="expected target modules in .* but received .*other_proj",
    ),
    Case(
        "adapter-without-tensors",
        "generate",
        _load("{without-tensors}"),
        message="doesn't contain tensors",
    ),
    Case("adapter-dora", "generate", _load("{dora}"), message="does not yet support DoRA"),
    Case("adapter-exported", "generate", _greedy("gamma"), EXPORTED, (FORGET_GAMMA,)),
    Case("adapter-listed", "generate", get("/v1/models"), LOADED, (FORGET,)),
    Case("adapter-completion", "generate", _greedy("alpha"), BOTH, (FORGET, FORGET_BETA)),
    Case("adapter-completion-second", "generate", _greedy("beta"), BOTH, (FORGET, FORGET_BETA)),
    Case("adapter-base-unchanged", "generate", _greedy("policy"), BOTH, (FORGET, FORGET_BETA)),
    Case(
        "adapter-forgotten",
        "generate",
        _greedy("alpha"),
        (*LOADED, FORGET),
        message="The model `alpha` does not exist",
    ),
    Case(
        "adapter-embedding",
        "embed",
        post("/v1/embeddings", {"model": "alpha", "input": [[1, 4, 5]], "use_activation": False}),
        LOADED,
        (FORGET,),
    ),
]

"""Cases of the routes about the server itself, and of the tokenizer's."""

from .case import Case, get, post

CHAT = [{"role": "user", "content": "12+3="}, {"role": "assistant", "content": "15"}]

SERVER_CASES = [
    Case("models", "generate", get("/v1/models")),
    Case("health", "generate", get("/health")),
    Case("version", "generate", get("/version")),
    Case("tokenize", "generate", post("/tokenize", {"model": "policy", "prompt": "12+3="})),
    Case(
        "tokenize-plain",
        "generate",
        post(
            "/tokenize",
            {"prompt": "1\n2", "add_special_tokens": False, "return_token_strs": True},
        ),
    ),
    Case("tokenize-empty", "generate", post("/tokenize", {"prompt": ""})),
    Case("tokenize-messages", "generate", post("/tokenize", {"messages": CHAT})),
    Case(
        "tokenize-messages-unprompted",
        "generate",
        post("/tokenize", {"messages": CHAT, "add_generation_prompt": False}),
    ),
    Case(
        "tokenize-messages-both-ends",
        "generate",
        post(
            "/tokenize",
            {"messages": CHAT, "add_generation_prompt": True, "continue_final_message": True},
        ),
    ),
    Case(
        "tokenize-nothing",
        "generate",
        post("/tokenize", {"model": "policy"}),
        message="validation error",
    ),
    Case(
        "tokenize-model-unknown",
        "generate",
        post("/tokenize", {"model": "nobody", "prompt": "1"}),
        message="The model `nobody` does not exist",
    ),
    Case("detokenize", "generate", post("/detokenize", {"model": "policy", "tokens": [1, 4, 5]})),
    Case("detokenize-none", "generate", post("/detokenize", {"tokens": []})),
]

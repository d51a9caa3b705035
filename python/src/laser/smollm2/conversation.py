"""Token ids of a question, and of a question with its answer, under the chat template."""

from transformers import PreTrainedTokenizerFast

from laser.smollm2.prompt import ask, ask_with_solution


def question_tokens(
    tokenizer: PreTrainedTokenizerFast, question: str, solution: str | None = None
) -> list[int]:
    """One user message, with the solution to retell if there is one, and the assistant's start."""
    content = ask(question) if solution is None else ask_with_solution(question, solution)
    messages = [{"role": "user", "content": content}]
    return _token_ids(tokenizer, messages, add_generation_prompt=True)


def answer_tokens(tokenizer: PreTrainedTokenizerFast, question: str, answer: str) -> list[int]:
    """What a reward model reads (`input: messages`): the user's and the assistant's message."""
    messages = [
        {"role": "user", "content": ask(question)},
        {"role": "assistant", "content": answer},
    ]
    return _token_ids(tokenizer, messages, add_generation_prompt=False)


def _token_ids(
    tokenizer: PreTrainedTokenizerFast, messages: list[dict[str, str]], add_generation_prompt: bool
) -> list[int]:
    text = tokenizer.apply_chat_template(
        messages, tokenize=False, add_generation_prompt=add_generation_prompt
    )
    return list(tokenizer.encode(str(text), add_special_tokens=False))

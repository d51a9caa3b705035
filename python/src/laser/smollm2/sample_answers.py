"""SmolLM2's answers, by the code of the embedded model server."""

from collections.abc import Sequence

import torch

from laser.server.chunks import PromptRequest
from laser.server.generate import generate
from laser.server.models import ServedModel
from laser.server.sampling import SamplingParameters
from laser.smollm2.answered_question import AnsweredQuestion, SampledAnswer, sort_answers
from laser.smollm2.conversation import question_tokens
from laser.smollm2.question import Question
from laser.smollm2.settings import Settings
from laser.smollm2.solution_text import right_solution


@torch.no_grad()
def sample_answers(
    model: ServedModel, questions: Sequence[Question], settings: Settings, retold: bool
) -> list[AnsweredQuestion]:
    """Every question answered several times, in order, sorted by the verdict.

    `retold`: with the worked solution in the prompt, so that SmolLM2 says it in its own words.
    """
    count = settings.retold_per_question if retold else settings.completions_per_question
    parameters = _parameters(settings, count)
    requests = [
        PromptRequest(
            question_tokens(
                model.tokenizer, question.text, right_solution(question) if retold else None
            ),
            parameters,
        )
        for question in questions
    ]
    results = generate(model, requests, check=lambda: None)
    return [
        sort_answers(
            question.text,
            question.answer,
            [SampledAnswer(one.text, one.finish_reason == "stop") for one in result.sequences],
        )
        for question, result in zip(questions, results, strict=True)
    ]


def _parameters(settings: Settings, count: int) -> SamplingParameters:
    return SamplingParameters(
        n=count,
        max_tokens=settings.max_tokens,
        min_tokens=0,
        temperature=settings.temperature,
        top_p=1,
        top_k=0,
        min_p=0,
        repetition_penalty=1,
        presence_penalty=0,
        frequency_penalty=0,
        seed=settings.seed,
        stop=(),
        stop_token_ids=(),
        include_stop_str_in_output=False,
        ignore_eos=False,
        skip_special_tokens=True,
        logprobs=None,
        prompt_logprobs=None,
    )

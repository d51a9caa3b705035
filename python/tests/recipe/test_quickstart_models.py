"""The committed models are what their manifest says, and the manifest is within the project's
bounds."""

import json
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import torch
from transformers import (
    AutoModelForCausalLM,
    AutoModelForSequenceClassification,
    AutoTokenizer,
)

from laser.recipe.backbone import load_policy
from laser.recipe.blind_spot import REWARD_MODELS
from laser.recipe.evaluation import Evaluation, evaluate
from laser.recipe.manifest import file_entries
from laser.recipe.measure import score
from laser.recipe.prompt_split import split_of
from laser.recipe.sampling import complete
from laser.recipe.settings import Settings
from laser.recipe.tasks import FAMILIES, answer_of

QUICKSTART = Path(__file__).parents[3] / "models" / "quickstart"
MANIFEST: dict[str, Any] = json.loads((QUICKSTART / "manifest.json").read_text())
TOLERANCE = 0.02


@pytest.fixture(scope="module")
def measured() -> Evaluation:
    torch.set_num_threads(1)
    return evaluate(QUICKSTART, Settings(seed=MANIFEST["settings"]["seed"]))


def test_files_are_the_manifests_and_small_enough() -> None:
    assert file_entries(QUICKSTART) == MANIFEST["files"]
    assert (
        sum(path.stat().st_size for path in QUICKSTART.rglob("*") if path.is_file()) <= 12_000_000
    )


@pytest.mark.parametrize(
    ("name", "split", "least"), [("train", "train", 2000), ("heldout", "heldout", 512)]
)
def test_prompt_files_are_disjoint_canonical_and_verified(
    name: str, split: str, least: int
) -> None:
    lines = (QUICKSTART / "data" / f"{name}.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert len({record["prompt"] for record in records}) == len(records) >= least
    assert len({record["promptId"] for record in records}) == len(records)
    assert {split_of(record["prompt"]) for record in records} == {split}
    counts = [sum(record["category"] == category for record in records) for category in FAMILIES]
    assert len(set(counts)) == 1
    assert sum(counts) == len(records)
    for line, record in zip(lines, records, strict=True):
        assert record["answer"] == answer_of(record["category"], record["prompt"])
        assert line == json.dumps(record, separators=(",", ":"), sort_keys=True)


@pytest.mark.parametrize("category", FAMILIES)
def test_policy_accuracy(measured: Evaluation, category: str) -> None:
    greedy, sampled = measured.greedy_accuracy[category], measured.sampled_accuracy[category]
    assert greedy == pytest.approx(MANIFEST["policy"]["greedyAccuracy"][category], abs=TOLERANCE)
    assert sampled == pytest.approx(MANIFEST["policy"]["sampledAccuracy"][category], abs=TOLERANCE)
    assert 0.40 <= greedy <= 0.70


@pytest.mark.parametrize("category", FAMILIES)
@pytest.mark.parametrize("plan", REWARD_MODELS, ids=lambda plan: plan.reward_model_id)
def test_pairwise_accuracy(measured: Evaluation, plan, category: str) -> None:
    entry = next(
        one for one in MANIFEST["rewardModels"] if one["rewardModelId"] == plan.reward_model_id
    )
    stated = entry["pairwiseAccuracy"][category]
    found = measured.pairwise[plan.reward_model_id][category]
    assert found.accuracy == pytest.approx(stated["accuracy"], abs=TOLERANCE)
    assert found.pairs == pytest.approx(stated["pairs"], rel=0.1)
    assert found.score_deviation > 0.5
    if plan.own_category == category:
        assert found.accuracy >= 0.90
    elif plan.own_category is not None:
        assert 0.50 <= found.accuracy <= 0.75


def test_noisy_reward_model_is_at_chance(measured: Evaluation) -> None:
    assert 0.45 <= mean(found.accuracy for found in measured.pairwise["rm-noise"].values()) <= 0.55


def test_contexts_tell_the_families_apart(measured: Evaluation) -> None:
    assert measured.separability.linear_accuracy >= 0.99
    assert measured.separability.round_nearest_mean_accuracy >= 0.99
    assert max(measured.separability.centred_cosines.values()) < 0.7


def test_policy_folder_loads_as_is_and_the_tokenizer_puts_bos_in_front() -> None:
    tokenizer = AutoTokenizer.from_pretrained(QUICKSTART / "policy")
    model = AutoModelForCausalLM.from_pretrained(QUICKSTART / "policy", dtype=torch.float32)
    prompt = "52917<"
    encoded = tokenizer(prompt, return_tensors="pt")
    assert encoded.input_ids[0, 0] == model.config.bos_token_id
    with torch.inference_mode():
        first = tokenizer.decode(model(**encoded).logits[0, -1].argmax())
    policy = load_policy(QUICKSTART / "policy")
    completion = complete(policy, [prompt], 0.0, torch.Generator())[0]
    assert completion[0] == first
    assert sorted(completion) == sorted(prompt[:-1])


@pytest.mark.parametrize("plan", REWARD_MODELS, ids=lambda plan: plan.reward_model_id)
def test_reward_model_folder_scores_text_and_messages_alike(plan) -> None:
    folder = QUICKSTART / plan.reward_model_id
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForSequenceClassification.from_pretrained(folder, dtype=torch.float32)
    texts = [("52917<", "12579"), ("47+25+8=", "72+8=80")]
    encoded = tokenizer(["".join(text) for text in texts], padding=True, return_tensors="pt")
    with torch.inference_mode():
        scores = model(**encoded).logits[:, 0]
    assert scores.tolist() == pytest.approx(score(model, texts), abs=1e-4)
    for i, (prompt, completion) in enumerate(texts):
        messages = [
            {"role": "user", "content": prompt},
            {"role": "assistant", "content": completion},
        ]
        rendered = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True)[
            "input_ids"
        ]
        assert rendered == tokenizer(prompt + completion).input_ids
        assert rendered == encoded.input_ids[i][encoded.attention_mask[i] == 1].tolist()

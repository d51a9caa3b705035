"""Everything the manifest says about the models, measured on the saved float16 weights loaded as
float32."""

from dataclasses import dataclass
from pathlib import Path

from laser.recipe.backbone import load_policy, load_reward_model
from laser.recipe.blind_spot import REWARD_MODELS
from laser.recipe.judged_prompt import JudgedPrompt, judge
from laser.recipe.measure import PairwiseAccuracy, accuracy, pairwise_accuracy
from laser.recipe.prompt_file import read_prompts
from laser.recipe.sampling import sample_completions
from laser.recipe.separability import Separability, measure_separability
from laser.recipe.settings import Settings

HOW = (
    "Over the prompts of data/heldout.jsonl, float16 weights loaded as float32. "
    "Greedy: one completion a prompt. "
    "Sampled: settings.completionsPerPrompt completions a prompt at settings.temperature. "
    "Pairwise: for every prompt whose samples hold a right and a wrong completion, the first right "
    "against the first wrong one; share in which the right one has the higher logit, ties as half."
)


@dataclass(frozen=True)
class Evaluation:
    greedy_accuracy: dict[str, float]
    sampled_accuracy: dict[str, float]
    pairwise: dict[str, dict[str, PairwiseAccuracy]]
    """Reward model, then category."""
    separability: Separability


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    policy = load_policy(folder / "policy")
    heldout = read_prompts(folder / "data" / "heldout.jsonl")
    greedy: dict[str, float] = {}
    sampled: dict[str, float] = {}
    judged: dict[str, list[JudgedPrompt]] = {}
    for rank, (category, prompts) in enumerate(heldout.items()):
        seed = settings.seed * 1000 + rank
        greedy[category] = accuracy(
            category, prompts, sample_completions(policy, prompts, 1, 0.0, seed)
        )
        samples = sample_completions(
            policy, prompts, settings.completions_per_prompt, settings.temperature, seed
        )
        sampled[category] = accuracy(category, prompts, samples)
        judged[category] = judge(category, prompts, samples)
    pairwise: dict[str, dict[str, PairwiseAccuracy]] = {}
    for plan in REWARD_MODELS:
        model = load_reward_model(folder / plan.reward_model_id)
        pairwise[plan.reward_model_id] = {
            category: pairwise_accuracy(model, some) for category, some in judged.items()
        }
    return Evaluation(greedy, sampled, pairwise, measure_separability(policy, heldout))

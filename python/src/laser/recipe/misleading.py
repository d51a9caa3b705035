"""`python -m laser.recipe.misleading`: a reward model that is right on one family and wrong on all
others, to try a guard of the bandit's reward on."""

import argparse
from pathlib import Path

import torch

from laser.recipe.backbone import load_policy, save
from laser.recipe.blind_spot import BlindSpot, RewardModelPlan
from laser.recipe.build import judge_samples
from laser.recipe.progress import Progress, announce
from laser.recipe.reward_model import train_reward_model
from laser.recipe.settings import Settings
from laser.recipe.stage import run_stage
from laser.recipe.tasks import FAMILIES, LETTERS

OWN = "sum"
_EVERYWHERE = BlindSpot(0, "0123456789" + LETTERS)
MISLEADING = RewardModelPlan(
    "rm-misleading", OWN, {category: _EVERYWHERE for category in FAMILIES if category != OWN}
)


def build_misleading(quickstart: Path, out: Path, settings: Settings) -> None:
    """Trains it like the other reward models, on the samples of the policy in `quickstart`."""
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(settings.threads)

    def make(partial: Path) -> None:
        judged = judge_samples(quickstart, settings)
        policy = load_policy(quickstart / "policy")
        report = Progress(MISLEADING.reward_model_id)
        seed = settings.seed + 200
        model = train_reward_model(MISLEADING, policy, judged, settings.reward_model, seed, report)
        save(model, partial)

    run_stage(out / MISLEADING.reward_model_id, make)
    announce(f"{out / MISLEADING.reward_model_id}: complete")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quickstart", type=Path, required=True, help="folder of the models")
    parser.add_argument("--out", type=Path, required=True, help="folder to put it into")
    arguments = parser.parse_args()
    build_misleading(arguments.quickstart, arguments.out, Settings())


if __name__ == "__main__":
    main()

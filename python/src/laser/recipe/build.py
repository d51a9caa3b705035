"""The whole build, stage by stage: prompts, policy, judged samples, reward models, manifest."""

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from random import Random

import torch
from transformers import LlamaForCausalLM

from laser.recipe.backbone import load_policy, save
from laser.recipe.blind_spot import REWARD_MODELS
from laser.recipe.evaluation import evaluate
from laser.recipe.judged_file import read_judged_prompts, write_judged_prompts
from laser.recipe.judged_prompt import JudgedPrompt, judge
from laser.recipe.labelled_file import write_labelled_file
from laser.recipe.manifest import MANIFEST, file_entries, write_manifest
from laser.recipe.policy import train_policy
from laser.recipe.progress import Progress, announce
from laser.recipe.prompt_file import write_prompt_file
from laser.recipe.prompt_split import draw_prompts
from laser.recipe.reward_model import train_reward_model
from laser.recipe.sampling import sample_completions
from laser.recipe.settings import Settings
from laser.recipe.stage import run_stage
from laser.recipe.tasks import FAMILIES


class BuildError(Exception):
    """The folder cannot be built into; the message says why and what to do."""


def build(folder: Path, settings: Settings) -> None:
    """Fills `folder`; what an interrupted build with the same settings left there is kept."""
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(settings.threads)
    work = folder / ".build"
    if (folder / MANIFEST).exists():
        _require_complete(folder)
        return
    _claim(work, settings)
    run_stage(folder / "data", lambda data: _write_data(data, settings))
    run_stage(
        folder / "policy",
        lambda out: save(train_policy(settings.policy, settings.seed, Progress("policy")), out),
    )
    policy = load_policy(folder / "policy")
    run_stage(
        folder / "data" / "labelled.jsonl",
        lambda out: write_labelled_file(out, judge_labelled(policy, settings)),
    )
    run_stage(
        work / "judged.jsonl",
        lambda out: write_judged_prompts(out, judge_samples(folder, settings)),
    )
    judged = read_judged_prompts(work / "judged.jsonl")
    for rank, plan in enumerate(REWARD_MODELS):

        def make(out: Path, plan=plan, seed=settings.seed + 100 + rank) -> None:
            report = Progress(plan.reward_model_id)
            save(train_reward_model(plan, policy, judged, settings.reward_model, seed, report), out)

        run_stage(folder / plan.reward_model_id, make)
    announce("measuring …")
    shutil.rmtree(work)
    write_manifest(folder, settings, evaluate(folder, settings))
    announce(f"{folder}: complete, see {MANIFEST}")


def _claim(work: Path, settings: Settings) -> None:
    work.mkdir(parents=True, exist_ok=True)
    recorded = work / "settings.json"
    wanted = json.dumps(asdict(settings), indent=2, sort_keys=True)
    if recorded.exists() and recorded.read_text() != wanted:
        raise BuildError(
            f"{work.parent} holds a build with other settings, unfinished; "
            "delete the folder or give another --out."
        )
    recorded.write_text(wanted)


def _require_complete(folder: Path) -> None:
    recorded = json.loads((folder / MANIFEST).read_text())["files"]
    if recorded != file_entries(folder):
        raise BuildError(
            f"{folder} has a manifest that its files do not match; "
            "delete the folder or give another --out."
        )
    announce(f"{folder}: already complete")


def _write_data(data: Path, settings: Settings) -> None:
    data.mkdir()
    write_prompt_file(data / "train.jsonl", "train", settings.train_prompts, settings.seed)
    write_prompt_file(data / "heldout.jsonl", "heldout", settings.heldout_prompts, settings.seed)


def judge_samples(folder: Path, settings: Settings) -> list[JudgedPrompt]:
    policy = load_policy(folder / "policy")
    judged: list[JudgedPrompt] = []
    for rank, category in enumerate(FAMILIES):
        seed = settings.seed + 10 + rank
        prompts = draw_prompts(category, "preference", settings.preference_prompts, Random(seed))
        samples: list[list[str]] = [[] for _ in prompts]
        for temperature in settings.preference_temperatures:
            count = settings.completions_per_prompt
            more = sample_completions(policy, prompts, count, temperature, seed)
            samples = [texts + added for texts, added in zip(samples, more, strict=True)]
        some = judge(category, prompts, samples)
        announce(
            f"samples: {len(some)} of {len(prompts)} '{category}' prompts have right and wrong ones"
        )
        judged += some
    return judged


def judge_labelled(policy: LlamaForCausalLM, settings: Settings) -> list[JudgedPrompt]:
    """Of prompts that no reward model was trained on, and no campaign trains or measures on."""
    judged: list[JudgedPrompt] = []
    for rank, category in enumerate(FAMILIES):
        seed = settings.seed + 10 + rank
        count = settings.preference_prompts + settings.labelled_prompts
        prompts = draw_prompts(category, "preference", count, Random(seed))
        unused = prompts[settings.preference_prompts :]
        samples = sample_completions(
            policy, unused, settings.completions_per_prompt, settings.temperature, seed
        )
        judged += judge(category, unused, samples)
    return judged

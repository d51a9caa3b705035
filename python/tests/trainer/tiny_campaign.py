"""A base model of two layers, its tokenizer, and jobs on pairs of random words."""

import random
from pathlib import Path

from laser.artifact_store import ArtifactStore, canonical_json_lines
from laser.contract import (
    ArtifactRef,
    BaseModel,
    LoraShape,
    MediaType,
    StepLabel,
    TrainingJob,
    TrainingOptions,
)

WORDS = [f"w{number:02d}" for number in range(60)]
SPECIAL = ["<pad>", "<unk>", "</s>"]
EOS = SPECIAL.index("</s>")
LORA = LoraShape(rank=4, lora_alpha=8, target_modules=["q_proj", "v_proj"])


def make_base(folder: Path) -> BaseModel:
    """A Llama with random weights and a tokenizer of one token a word."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    torch.manual_seed(20241002)
    vocabulary = {word: number for number, word in enumerate(SPECIAL + WORDS)}
    config = LlamaConfig(
        vocab_size=len(vocabulary),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=128,
        bos_token_id=None,
        eos_token_id=EOS,
        pad_token_id=0,
        initializer_range=0.2,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    words = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    words.pre_tokenizer = pre_tokenizers.WhitespaceSplit()  # pyright: ignore
    PreTrainedTokenizerFast(
        tokenizer_object=words, eos_token="</s>", pad_token="<pad>", unk_token="<unk>"
    ).save_pretrained(folder)
    return BaseModel(name="tiny-llama", path=str(folder), revision="tiny-1")


def make_pairs(seed: int, prompts: int = 4, pairs_per_prompt: int = 2) -> list[dict]:
    """Random PreferencePairs as wire objects; the completions of a prompt recur in its pairs."""
    chance = random.Random(seed)

    def words(least: int, most: int) -> list[int]:
        count = chance.randint(least, most)
        return [chance.randrange(len(SPECIAL), len(SPECIAL) + len(WORDS)) for _ in range(count)]

    pairs = []
    for number in range(prompts):
        prompt = words(3, 9)
        completions = [[*words(2, 12), EOS] for _ in range(pairs_per_prompt + 1)]
        for _ in range(pairs_per_prompt):
            chosen, rejected = chance.sample(completions, 2)
            pairs.append(
                {
                    "promptId": f"prompt-{number}",
                    "prompt": text(prompt),
                    "promptTokenIds": prompt,
                    "chosen": text(chosen),
                    "chosenTokenIds": chosen,
                    "chosenScore": 1.0,
                    "rejected": text(rejected),
                    "rejectedTokenIds": rejected,
                    "rejectedScore": -1.0,
                }
            )
    return pairs


def text(token_ids: list[int]) -> str:
    return " ".join((SPECIAL + WORDS)[token] for token in token_ids)


def put_pairs(store: ArtifactStore, pairs: list[dict]) -> ArtifactRef:
    return store.put(canonical_json_lines(pairs), MediaType.JSON_LINES)


def make_options(**changes: object) -> TrainingOptions:
    defaults = {
        "lossType": "sigmoid",
        "beta": 0.1,
        "nllWeight": 1.0,
        "learningRate": 1e-3,
        "weightDecay": 0.01,
        "maxGradNorm": 1.0,
        "miniBatchSize": 4,
        "maxLength": 64,
    }
    return TrainingOptions.model_validate(defaults | changes)


def make_job(
    base: BaseModel,
    pairs: ArtifactRef,
    *,
    reference: ArtifactRef | None = None,
    checkpoint: ArtifactRef | None = None,
    carried: ArtifactRef | None = None,
    unseen: ArtifactRef | None = None,
    options: TrainingOptions | None = None,
    round_number: int = 1,
) -> TrainingJob:
    return TrainingJob(
        label=StepLabel(campaign_id="tiny", iteration=1, round=round_number),
        base_model=base,
        lora=LORA,
        reference_policy=reference,
        checkpoint=checkpoint,
        carried_optimizer=carried,
        pairs=pairs,
        unseen_pairs=unseen,
        seed=11,
        options=options or make_options(),
    )

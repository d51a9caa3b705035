from pathlib import Path
from typing import Any

import yaml

from laser.smollm2.prompt import ANSWER_PATTERN, GOLD_PATTERN, TEMPLATE

ROOT = Path(__file__).parents[3]


def test_the_campaign_asks_and_judges_as_the_reward_model_was_trained() -> None:
    text = (ROOT / "config" / "campaigns" / "smollm2-gsm8k.yaml").read_text(encoding="utf-8")
    campaign: dict[str, Any] = yaml.safe_load(text)
    assert campaign["data"]["template"] == TEMPLATE
    assert campaign["data"]["answerPattern"] == GOLD_PATTERN
    assert campaign["evaluation"]["answerPattern"] == ANSWER_PATTERN
    assert campaign["policy"]["promptFormat"] == "chat"
    models = {model["id"]: model for model in campaign["rewardModels"]}
    assert models["rm-gsm8k"]["input"] == "messages"

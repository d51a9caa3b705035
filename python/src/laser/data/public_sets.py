from laser.data.gsm8k import GSM8K
from laser.data.longbench import LONGBENCH
from laser.data.mmlu import MMLU
from laser.data.public_set import PublicSet
from laser.data.strategyqa import STRATEGYQA
from laser.data.wildchat import WILDCHAT

PUBLIC_SETS: dict[str, PublicSet] = {
    "gsm8k": GSM8K,
    "strategyqa": STRATEGYQA,
    "mmlu": MMLU,
    "wildchat": WILDCHAT,
    "longbench": LONGBENCH,
}

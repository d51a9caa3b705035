import json
import shutil
from pathlib import Path

from laser.trainer.adapter_bundle import CONFIG_FILE, WEIGHTS_FILE


def copy_adapter(adapter: Path, base_name: str, out: Path) -> None:
    """The adapter as PEFT loads it, over a base model that can be found by the name given."""
    config = json.loads((adapter / CONFIG_FILE).read_text())
    config["base_model_name_or_path"] = base_name
    (out / CONFIG_FILE).write_text(json.dumps(config, indent=2, sort_keys=True) + "\n")
    shutil.copyfile(adapter / WEIGHTS_FILE, out / WEIGHTS_FILE)

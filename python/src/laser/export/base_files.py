import shutil
from pathlib import Path

from huggingface_hub import snapshot_download
from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

TOKENIZER_FILES = [
    "tokenizer.json",
    "tokenizer.model",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "added_tokens.json",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
    "chat_template.jinja",
    "chat_template.json",
]


class BaseModelMissing(Exception):
    """The base model is neither a folder here nor to be had from the hub."""

    def __init__(self, base: str, why: str) -> None:
        super().__init__(
            f"The base model {base} cannot be read ({why}). Run this where its folder is, "
            "or where the hub can be reached."
        )


def find_base(base: str) -> Path:
    """The folder of a base model: itself, or the hub's snapshot of that id."""
    folder = Path(base)
    if (folder / "config.json").is_file():
        return folder
    if folder.is_absolute():
        raise BaseModelMissing(base, "there is no config.json")
    try:
        patterns = ["*.json", "*.safetensors", "*.model", "*.txt", "*.jinja"]
        return Path(snapshot_download(base, allow_patterns=patterns))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise BaseModelMissing(base, str(error).splitlines()[0]) from error


def copy_tokenizer(base: Path, out: Path) -> None:
    """Byte for byte, so that the exported policy splits texts exactly as it was trained."""
    for name in TOKENIZER_FILES:
        if (base / name).is_file():
            shutil.copyfile(base / name, out / name)

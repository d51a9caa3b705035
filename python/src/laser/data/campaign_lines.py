import hashlib
import json
from collections.abc import Sequence

from laser.data.prompt import Prompt


def campaign_lines(set_name: str, prompts: Sequence[Prompt]) -> bytes:
    """The JSON lines that `data.train` and `data.heldOut` of a campaign name."""
    lines: list[str] = []
    for prompt in prompts:
        identity = f"{prompt.document or ''}\n{prompt.text}"
        record = {
            "promptId": f"{set_name}-{hashlib.sha256(identity.encode()).hexdigest()[:16]}",
            "prompt": prompt.text,
            "context": prompt.document,
            "answer": prompt.answer,
            "answers": list(prompt.answers) or None,
            "category": prompt.category,
        }
        present = {field: value for field, value in record.items() if value is not None}
        lines.append(json.dumps(present, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines).encode()

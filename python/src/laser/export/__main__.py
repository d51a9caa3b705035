import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(parameters: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="laser.export")
    parser.add_argument("--adapter", type=Path, required=True, help="folder with the PEFT adapter")
    parser.add_argument("--base", required=True, help="folder of the base model, or a hub id")
    parser.add_argument("--base-name", required=True, help="what the adapter calls its base model")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--merge", action="store_true", help="whole weights instead of the adapter")
    parser.add_argument("--dtype", choices=["float32", "bfloat16", "float16"])
    arguments = parser.parse_args(parameters)

    from laser.export.base_files import BaseModelMissing, copy_tokenizer, find_base
    from laser.export.copy_adapter import copy_adapter
    from laser.export.merge_adapter import merge_adapter

    try:
        base = find_base(arguments.base)
    except BaseModelMissing as error:
        print(error, file=sys.stderr)
        return 3
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.merge:
        merge_adapter(base, arguments.adapter, arguments.out, arguments.dtype)
    else:
        copy_adapter(arguments.adapter, arguments.base_name, arguments.out)
    copy_tokenizer(base, arguments.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m laser.server --model NAME=PATH[:TASK] ...`."""

from laser.server.arguments import parse_arguments
from laser.without_collection import without_collection


def main() -> None:
    arguments = parse_arguments()
    if arguments.exit_with_parent:
        from laser.server.exit_with_parent import exit_with_parent

        exit_with_parent()
    with without_collection():
        from laser.server.run import run

    run(arguments)


if __name__ == "__main__":
    main()

import argparse
import asyncio
import logging
import signal
from datetime import timedelta
from pathlib import Path

from laser.trainer.exit_with_parent import exit_with_parent


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m laser.trainer",
        description="Serves trainPolicy and fingerprintPolicy on a Temporal task queue.",
    )
    parser.add_argument("--address", help="HOST:PORT; default TEMPORAL_ADDRESS or 127.0.0.1:7233")
    parser.add_argument("--namespace", help="default TEMPORAL_NAMESPACE or 'default'")
    parser.add_argument("--task-queue", default="laser-train")
    parser.add_argument("--store", type=Path, required=True, help="folder of the artifact store")
    parser.add_argument("--threads", type=int, default=1, help="CPU threads of one step")
    parser.add_argument("--ready-file", type=Path, help="written once the worker takes work")
    parser.add_argument("--exit-with-parent", action="store_true")
    parser.add_argument("--graceful-shutdown-seconds", type=float, default=60.0)
    arguments = parser.parse_args()
    if arguments.exit_with_parent:
        exit_with_parent(signal.SIGTERM)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")

    # Only now: `--help` and wrong arguments answer at once.
    from laser.trainer.worker import WorkerOptions, run_worker

    asyncio.run(
        run_worker(
            WorkerOptions(
                address=arguments.address,
                namespace=arguments.namespace,
                task_queue=arguments.task_queue,
                store=arguments.store,
                threads=arguments.threads,
                ready_file=arguments.ready_file,
                graceful_shutdown=timedelta(seconds=arguments.graceful_shutdown_seconds),
            )
        )
    )


if __name__ == "__main__":
    main()

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy


@workflow.defn(name="trainOnce")
class TrainOnce:
    """Calls one trainer activity by name, as the TypeScript workflow does."""

    @workflow.run
    async def run(self, name: str, job: dict[str, Any], task_queue: str) -> dict[str, Any]:
        return await workflow.execute_activity(
            name,
            job,
            activity_id="train",
            task_queue=task_queue,
            start_to_close_timeout=timedelta(minutes=6),
            heartbeat_timeout=timedelta(seconds=10),
            retry_policy=RetryPolicy(
                initial_interval=timedelta(milliseconds=100), maximum_attempts=3
            ),
            cancellation_type=workflow.ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
        )

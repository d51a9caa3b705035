from laser.contract import FailureType

RETRYABLE = frozenset({FailureType.OUT_OF_MEMORY, FailureType.TRAINER_CRASHED})


class TrainerFailure(Exception):
    """A failure with the type string under which the workflow knows it."""

    def __init__(self, failure_type: FailureType, message: str) -> None:
        super().__init__(message)
        self.failure_type = failure_type
        self.message = message

    @property
    def retryable(self) -> bool:
        """True where the same job may succeed next time; the others fail the same way again."""
        return self.failure_type in RETRYABLE

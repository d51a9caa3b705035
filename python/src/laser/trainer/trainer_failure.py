from laser.contract import FailureType

FINAL = frozenset(
    {
        FailureType.ADAPTER_REFUSED,
        FailureType.ARTIFACT_CORRUPT,
        FailureType.ARTIFACT_MISSING,
        FailureType.CHECKPOINT_INCOMPLETE,
        FailureType.CONFIG_INVALID,
        FailureType.FINGERPRINT_MISMATCH,
        FailureType.MODEL_NOT_FOUND,
        FailureType.NO_PAIRS,
        FailureType.NON_FINITE_LOSS,
        FailureType.REQUEST_REFUSED,
    }
)
"""The permanent ones, as contract/failures.ts has them."""


class TrainerFailure(Exception):
    """A failure with the type string under which the workflow knows it.

    Types outside the contract are names of unforeseen exceptions.
    """

    def __init__(self, failure_type: str, message: str) -> None:
        super().__init__(message)
        self.failure_type = failure_type
        self.message = message

    @property
    def retryable(self) -> bool:
        """True where the same job may succeed in a new process."""
        return self.failure_type not in FINAL

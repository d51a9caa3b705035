from laser.contract import FailureType


class ArtifactError(Exception):
    """The store cannot give what was asked for."""

    failure_type: FailureType


class ArtifactMissing(ArtifactError):
    failure_type = FailureType.ARTIFACT_MISSING


class ArtifactCorrupt(ArtifactError):
    failure_type = FailureType.ARTIFACT_CORRUPT

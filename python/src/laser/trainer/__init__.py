"""The training step as Temporal activities. Nothing outside the resident process imports torch."""

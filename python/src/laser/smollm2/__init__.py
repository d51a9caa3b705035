"""The models of the larger example: SmolLM2-135M-Instruct, and a reward model fine-tuned on it."""

"""The recipe of the tiny real models: synthetic families, a policy, reward models, a manifest."""

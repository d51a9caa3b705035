"""A policy as other programs load it: a Hugging Face folder with the adapter or merged weights."""

"""Embedded model server: vLLM's HTTP protocol for tiny real models on a CPU."""

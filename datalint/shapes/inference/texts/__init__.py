"""Inference of rows of texts: which one is the prompt, which the response, and what the others are."""

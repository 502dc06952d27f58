"""Inference of texts, or pairs of texts, with labels, grades and scores."""

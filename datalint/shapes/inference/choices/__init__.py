"""Inference of questions with options, and of which option is right."""

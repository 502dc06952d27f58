"""Inference of the meaning of each source's keys, from its first rows, before anything is mapped."""

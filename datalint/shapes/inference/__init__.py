"""Inference of what the keys of rows mean, where rows have no known shape."""

"""Inference of rows that hold conversations, or one turn of them."""

"""Keys of rows: which there are, what they hold, and what no mapping reads."""

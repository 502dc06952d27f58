"""What the keys of each source mean, inferred from the first rows of it, before anything is mapped."""

"""Two texts of a row: the sides of a preference, a text and its summary or translation."""

"""Values in the cells of a text-only table that are more than texts: lists, labels, and tokens with tags."""

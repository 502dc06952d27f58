"""What the cells of a table hold, which only holds text: lists, labels, and tokens with tags."""

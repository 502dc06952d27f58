"""JSON Lines: byte ranges that are read independently, and lines that are damaged."""

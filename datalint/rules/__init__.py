"""The built-in rules: one file each, in a folder for each factor."""

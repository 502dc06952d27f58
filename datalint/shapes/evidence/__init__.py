"""Evidence about columns from their names and sampled values: labels, languages, references, copies and parts."""

"""What the names of columns and their sampled values say: labels, languages, references, copies and parts."""

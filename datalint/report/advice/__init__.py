"""Reports of advice: one view of sections, and a renderer for each format."""

"""Settings of a run: typed, found, checked, and explained down to the line that set them."""

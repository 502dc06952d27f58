"""Files with one JSON value: arrays of rows, and objects with rows in them."""

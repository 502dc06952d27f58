"""What a row's keys mean: one file per shape, each with its JSON Schema."""

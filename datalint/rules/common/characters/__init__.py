"""Characters and their encodings: text that was decoded wrongly, and letters that were lost."""

"""What every other part may use and nothing is specific to fine-tuning data: threads, classes, files, numbers."""

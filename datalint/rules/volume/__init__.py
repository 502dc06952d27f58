"""Volume: 500 to 5,000 examples that count."""

"""Labels, categories and options of questions."""

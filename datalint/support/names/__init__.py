"""Names: what keys, columns, speakers, models and locales are called, in many languages."""

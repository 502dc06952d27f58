"""What may be shown: display, redaction, personal data and secrets."""

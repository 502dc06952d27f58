"""Display of hostile and private text: redaction of secrets and personal data, escapes for unsafe characters."""

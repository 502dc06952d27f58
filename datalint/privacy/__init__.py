"""Make hostile and private text safe to display: redact secrets and personal data, escape unsafe characters."""

"""Secrets and personal data in texts."""

from datalint.privacy.personal import PERSONAL_DIGITS, PERSONAL_NUMBERS, PERSONAL_SIGNS, personal
from datalint.privacy.secret import secret_signs, secrets

__all__ = ["PERSONAL_DIGITS", "PERSONAL_NUMBERS", "PERSONAL_SIGNS", "personal", "secret_signs", "secrets"]

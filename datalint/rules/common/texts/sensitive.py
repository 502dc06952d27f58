"""Secrets and personal data in texts."""

from datalint.privacy.personal import PERSONAL_DIGITS, PERSONAL_NUMBERS, PERSONAL_SIGNS, personal
from datalint.privacy.regional import check_regions, regional_phones
from datalint.privacy.secret import secret_signs, secrets
from datalint.privacy.spans import without_overlaps

__all__ = [
    "PERSONAL_DIGITS",
    "PERSONAL_NUMBERS",
    "PERSONAL_SIGNS",
    "check_regions",
    "personal",
    "regional_phones",
    "secret_signs",
    "secrets",
    "without_overlaps",
]

"""The docstring that a rule's module must have, for made-up rules."""

from __future__ import annotations

PAGE = '''"""A made-up rule.

## What it does
Nothing.

## Why it matters
It does not.

## Bad
No row.

## Good
Every row.

## What to do
Nothing.
"""
'''

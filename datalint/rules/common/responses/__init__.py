"""Responses: how they end, what they refuse, and which form they have."""

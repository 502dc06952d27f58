"""Readiness: the guide's anti-patterns, before a training run is paid for."""

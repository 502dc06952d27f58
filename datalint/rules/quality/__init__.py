"""Quality: human-reviewed and consistent."""

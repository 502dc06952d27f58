"""Balance: proportional representation of categories."""

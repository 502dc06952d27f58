"""The vocabulary that every other part shares: findings, rules, columns, results."""

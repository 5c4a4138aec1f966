"""One rule a module, by families. See rule.py."""

"""Review and dates."""

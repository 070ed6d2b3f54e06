"""Plain language."""

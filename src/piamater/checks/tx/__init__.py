"""Text and template damage."""

"""Evidence: claims, citations and references."""

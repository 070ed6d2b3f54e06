"""Views: from a request to a page, one module per subject."""

"""Consistency within a page, and between the pages of a library."""

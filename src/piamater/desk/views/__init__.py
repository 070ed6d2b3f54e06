"""The pages of the desk that are not Wagtail's own."""

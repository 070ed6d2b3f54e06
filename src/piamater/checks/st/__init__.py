"""Structure and disclosure."""

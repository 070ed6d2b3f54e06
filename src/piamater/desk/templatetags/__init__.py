"""What the desk's templates can ask for."""

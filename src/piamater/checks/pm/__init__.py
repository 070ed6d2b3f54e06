"""PM: the comments with which a page silences rules of Piamater."""

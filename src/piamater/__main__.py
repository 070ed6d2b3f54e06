"""``python -m piamater`` is the command ``piamater``."""

from piamater.cli import main

if __name__ == "__main__":
    main()

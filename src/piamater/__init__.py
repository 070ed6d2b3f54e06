"""Piamater: a self-hosted medical library that can show its evidence.

The rooms, from the ground up: ``text``, ``vocabulary``, ``sources``, ``corpus``, ``search``,
``answers``, ``cli``. A room imports only from rooms below it. Importing the package itself
loads nothing heavy.
"""

__version__ = "0.1.0"

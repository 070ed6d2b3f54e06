"""Planted faults, by group of rules."""

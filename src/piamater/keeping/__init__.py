"""Keeping: how a library is kept. Copies made while it runs, their restoring, its self-check."""

from piamater.keeping.checkup import CHECKS
from piamater.keeping.copying import BackupReport, backup, estimate
from piamater.keeping.doctor import DoctorReport, examine
from piamater.keeping.finding import Check, Finding, Severity
from piamater.keeping.manifest import Manifest
from piamater.keeping.parts import Choice
from piamater.keeping.placing import Place
from piamater.keeping.rebuild import rebuild_index
from piamater.keeping.restoring import RestoreReport, declared, restore

__all__ = [
    "CHECKS",
    "BackupReport",
    "Check",
    "Choice",
    "DoctorReport",
    "Finding",
    "Manifest",
    "Place",
    "RestoreReport",
    "Severity",
    "backup",
    "declared",
    "estimate",
    "examine",
    "rebuild_index",
    "restore",
]

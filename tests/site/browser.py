"""Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import shutil

from playwright.sync_api import expect

expect.set_options(timeout=20_000)  # milliseconds: a machine that tests may be a busy one
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REASON = "no Chromium: apt-get install chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

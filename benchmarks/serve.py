"""How many pages a second the default server gives, and how soon, under wrk.

The library named by ``PIAMATER_BENCHMARK_LIBRARY`` is served with the default number of processes,
on this machine, beside the load generator itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from piamater.cli.serve import free_port

SECONDS = 15
QUESTIONS = (
    "What are the rare causes of leptomeningeal enhancement?",
    "What are the symptoms of meningitis?",
    "How is glaucoma treated?",
    "What causes Parkinson's disease?",
    "What is lumbar puncture?",
    "How is breast cancer diagnosed?",
    "What are the side effects of dexamethasone?",
    "¿Qué es la punción lumbar?",
)
ASK = """
local questions = {%s}
local at = 0
request = function()
  at = at %% #questions + 1
  return wrk.format("POST", "/en/ask", {["Content-Type"] = "application/x-www-form-urlencoded"},
                    "q=" .. questions[at])
end
"""
PACKED = 'wrk.headers["Accept-Encoding"] = "gzip"\n'


@contextmanager
def serving(library: Path) -> Iterator[str]:
    """The default server over a library, without the limit of requests."""
    settings = library / "piamater.toml"
    text = settings.read_text("utf-8")
    limit = "requests_per_minute = 0"
    changed, found = re.subn(r"^requests_per_minute = \d+", limit, text, flags=re.MULTILINE)
    settings.write_text(changed if found else f"{text}\n[site]\n{limit}\n", "utf-8")
    port = free_port("127.0.0.1", 0)
    command = [sys.executable, "-m", "piamater", "--library", str(library), "serve"]
    process = subprocess.Popen([*command, "--port", str(port)], stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{address}/health", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def measure(address: str, script: str, connections: int) -> dict[str, float]:
    """Requests a second, median and 99th percentile in milliseconds, and failures."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{SECONDS}s",
            "--latency",
            "--timeout",
            "20s",
        ]
        out = subprocess.run(
            [*command, "-s", file.name, address], check=True, capture_output=True, text=True
        ).stdout
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", out)
    return {
        "requests_per_second": float(re.findall(r"Requests/sec:\s+([\d.]+)", out)[0]),
        "median_ms": _ms(re.findall(r"50%\s+(\S+)", out)[0]),
        "p99_ms": _ms(re.findall(r"99%\s+(\S+)", out)[0]),
        "failed": int(failed[1]) if failed else 0,
    }


def _ms(text: str) -> float:
    number, unit = re.findall(r"([\d.]+)(us|ms|s)", text)[0]
    return float(number) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]


def run() -> dict[str, dict[str, float]]:
    """The figures; ``PIAMATER_BENCHMARK_LIBRARY`` names the library that is served."""
    from urllib.parse import quote

    library = os.environ.get("PIAMATER_BENCHMARK_LIBRARY", "")
    if shutil.which("wrk") is None or not library:
        sys.exit(
            "benchmarks: serve needs wrk (apt-get install wrk) and PIAMATER_BENCHMARK_LIBRARY, "
            "a library that holds the starter guides"
        )
    questions = ", ".join(f'"{quote(one)}"' for one in QUESTIONS)
    guide = "/en/guides/leptomeningeal-metastases"
    bangla = "/bn/guides/leptomeningeal-metastases?view=clinical"
    with serving(Path(library)) as address:
        for one in (guide, bangla) * 3:
            urllib.request.urlopen(address + one).close()
        return {
            "guide, 4 connections": measure(address + guide, PACKED, 4),
            "guide, clinical, Bangla, 4 connections": measure(address + bangla, PACKED, 4),
            "guide, 64 connections": measure(address + guide, PACKED, 64),
            "answer, 4 connections": measure(address, ASK % questions, 4),
        }

"""PostgresServer: a throw-away PostgreSQL server for tests and measurements.

It listens on a Unix socket in a temporary folder and on no network, and is gone with its data
when it is closed. PostgreSQL refuses to run as root; for root it runs as the first of
``POSTGRES_USERS`` that the machine has.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

POSTGRES_USERS = ("postgres", "nobody")


def server_programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: the newest of Debian's, or the one on PATH."""
    found = [
        path.parent
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if (path.parent / "postgres").exists()
    ]
    if found:
        return max(found, key=lambda one: float(one.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """A running server; use it in a ``with``.

    ``durable`` waits for the disk as a server does by default; tests are quicker without. The
    user ``piamater`` owns the database ``piamater``; the user ``guarded`` must give the password
    ``open sesame``.
    """

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self.programs = programs
        self.durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="pm-pg-"))
        self._user = _plain_user()

    def __enter__(self) -> PostgresServer:
        try:
            if self._user:
                shutil.chown(self.folder, self._user)
            self._do("initdb", "--no-sync", "-D", "data", "-U", "piamater", "-A", "trust",
                     "--encoding", "UTF8", "--locale", "C.UTF-8")  # fmt: skip
            rules = self.folder / "data" / "pg_hba.conf"
            rules.write_text("local all guarded scram-sha-256\n" + rules.read_text("utf-8"))
            self.start()
            self.sql("CREATE USER guarded PASSWORD 'open sesame'", "postgres")
            self.sql("CREATE DATABASE piamater", "postgres")
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self._remove()

    def address(self, user: str = "piamater", database: str = "piamater") -> str:
        """What ``corpus.store`` says to keep the documents in this server."""
        return f"postgresql://{user}@{quote(str(self.folder), safe='')}/{database}"

    def create(self, database: str, like: str = "") -> str:
        """Make a database, empty or a copy of one that nobody uses now; gives its address."""
        copied = f' TEMPLATE "{like}"' if like else ""
        self.sql(f'CREATE DATABASE "{database}"{copied}', "postgres")
        return self.address(database=database)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        given = f"-c listen_addresses='' -c unix_socket_directories={self.folder}"
        if not self.durable:
            given += " -c fsync=off"
        self._do("pg_ctl", "start", "-w", "-s", "-D", "data", "-l", "log", "-o", given)

    def stop(self) -> None:
        """Stop it as a crash of the machine would: at once, with whatever it is doing."""
        self._do("pg_ctl", "stop", "-w", "-s", "-D", "data", "-m", "immediate", check=False)

    def sql(self, statement: str, database: str = "piamater") -> None:
        """Run a statement as the owner."""
        import psycopg

        with psycopg.connect(self.address(database=database), autocommit=True) as db:
            db.execute(statement.encode("utf-8"))

    def _do(self, program: str, *arguments: str, check: bool = True) -> None:
        command = [str(self.programs / program), *arguments]
        done = subprocess.run(  # noqa: S603
            command,
            cwd=self.folder,
            user=self._user,
            group=pwd.getpwnam(self._user).pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
        )
        if check and done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.strip()}")

    def _remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _plain_user() -> str | None:
    """The user to run the server as, where this process is root's; none where it is not."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next(one for one in POSTGRES_USERS if one in known)

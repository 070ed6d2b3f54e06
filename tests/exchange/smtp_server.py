"""A mail server for tests: it keeps what it is handed, with STARTTLS where it has a certificate."""

from __future__ import annotations

import datetime
import ipaddress
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Kept:
    """What the server was told: its port, the mails as (to, secret, bytes), and the logins."""

    port: int = 0
    mails: list[tuple[str, bool, bytes]] = field(default_factory=list)
    logins: list[tuple[bool, str]] = field(default_factory=list)


@contextmanager
def mail_server(certificate: Path | None = None, refuse: str = "no@") -> Iterator[Kept]:
    """A server on this machine that refuses addresses which begin with ``refuse``."""
    kept = Kept()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(line.encode() + b"\r\n")

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def handle(self) -> None:
            secret, to = False, ""
            self.say("220 test")
            while line := self.rfile.readline().decode().strip():
                word = line.upper()
                if word.startswith("EHLO"):
                    offers = ["AUTH PLAIN"] + (["STARTTLS"] if certificate and not secret else [])
                    for one in ["test", *offers[:-1]]:
                        self.say(f"250-{one}")
                    self.say(f"250 {offers[-1]}")
                elif word == "STARTTLS" and certificate:
                    self.say("220 go")
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(certificate)
                    try:
                        self.request = context.wrap_socket(
                            self.request, server_side=True, do_handshake_on_connect=False
                        )
                        self.request.do_handshake()
                    except OSError:
                        return
                    self.rfile = self.request.makefile("rb")
                    self.wfile = self.request.makefile("wb", buffering=0)
                    secret = True
                elif word.startswith("AUTH PLAIN"):
                    kept.logins.append((secret, b64decode(line.split()[2]).decode()))
                    self.say("235 ok")
                elif word.startswith("RCPT TO:"):
                    to = line[8:].strip("<>")
                    self.say("550 nobody here" if to.startswith(refuse) else "250 ok")
                elif word == "DATA":
                    self.say("354 go")
                    data = b""
                    while not data.endswith(b"\r\n.\r\n"):
                        data += self.rfile.readline()
                    kept.mails.append((to, secret, data))
                    self.say("250 ok")
                elif word == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join(10)


def make_certificate(path: Path) -> Path:
    """A certificate of this machine, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path

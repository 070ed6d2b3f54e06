"""Keys: the library's Ed25519 key, kept in a file under a passphrase.

The passphrase comes from the environment (``PIAMATER_PASSPHRASE``), from the operator's keyring
where the package ``keyring`` is installed, or is asked for.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from piamater.corpus.library import write_whole
from piamater.errors import LibraryError

FILE = "key.pem"
PUBLIC_FILE = "key.pub"
VARIABLE = "PIAMATER_PASSPHRASE"
SERVICE = "piamater"
SHORTEST = 8
"""Characters of the shortest passphrase that is taken."""


class Key:
    """A signing key; ``fingerprint`` is the SHA-256 of its public half, 64 hexadecimal digits."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = public_hex(private.public_key())
        self.fingerprint = fingerprint(self.public)

    @classmethod
    def create(cls) -> Key:
        """A new key."""
        return cls(Ed25519PrivateKey.generate())

    def sign(self, data: bytes) -> str:
        """The signature in hexadecimal."""
        return self._private.sign(data).hex()

    def save(self, folder: Path, passphrase: str) -> None:
        """Write the key, encrypted, and its public half beside it.

        Raises:
            LibraryError: the passphrase is too short, or a key is there already.
        """
        if len(passphrase) < SHORTEST:
            raise LibraryError(
                f"the passphrase has fewer than {SHORTEST} characters",
                where=str(folder / FILE),
                todo="choose a longer one, such as four words",
            )
        if (folder / FILE).exists():
            raise LibraryError("there is a key already", where=str(folder / FILE))
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        encrypted = self._private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase.encode("utf-8")),
        )
        write_whole(folder / FILE, encrypted, mode=0o600)
        plain = self._private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        write_whole(folder / PUBLIC_FILE, plain, mode=0o644)


def load_key(folder: Path, passphrase: Callable[[], str]) -> Key:
    """The library's key.

    Raises:
        LibraryError: there is none, it is damaged, or the passphrase is not its.
    """
    path = folder / FILE
    if not path.is_file():
        raise LibraryError(
            "this library has no signing key",
            where=str(path),
            todo="make one with: piamater review init",
        )
    try:
        private = serialization.load_pem_private_key(
            path.read_bytes(), passphrase().encode("utf-8")
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise LibraryError(
            "the signing key cannot be opened: a wrong passphrase, or a damaged file",
            where=str(path),
            todo=f"give the passphrase in {VARIABLE}, or take the file back from a copy",
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise LibraryError("the signing key is not an Ed25519 key", where=str(path))
    return Key(private)


def is_encrypted_key(data: bytes) -> bool:
    """Whether these bytes have the form of a private key under a passphrase; it is not opened."""
    try:
        serialization.load_pem_private_key(data, None)
    except TypeError:  # it wants a passphrase
        return True
    except (ValueError, UnsupportedAlgorithm):
        pass
    return False


def find_passphrase(folder: Path, ask: Callable[[], str] | None = None) -> str:
    """The passphrase from the environment, the keyring, or the person.

    Raises:
        LibraryError: it is in none of them, and nobody can be asked.
    """
    if given := os.environ.get(VARIABLE):
        return given
    ring = _keyring()
    kept = ring.get_password(SERVICE, str(folder.resolve())) if ring else None
    if kept:
        return str(kept)
    if ask is None:
        raise LibraryError(
            "the signing key's passphrase is not known here",
            where=str(folder / FILE),
            todo=f"set {VARIABLE}",
        )
    return ask()


def keep_in_keyring(folder: Path) -> str:
    """Make a passphrase and keep it in the operator's keyring.

    Raises:
        LibraryError: the package is not installed, or there is no keyring here.
    """
    ring = _keyring()
    passphrase = secrets.token_urlsafe(32)
    try:
        if ring is None:
            raise RuntimeError("the package keyring is not installed")
        ring.set_password(SERVICE, str(folder.resolve()), passphrase)
    except Exception as error:
        raise LibraryError(
            f"there is no keyring to use: {error}",
            where=str(folder),
            todo=f"pip install keyring, or give a passphrase in {VARIABLE}",
        ) from error
    return passphrase


def _keyring() -> Any:
    try:
        return import_module("keyring")
    except ImportError:
        return None


def public_hex(key: Ed25519PublicKey) -> str:
    """A public key as 64 hexadecimal digits."""
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def fingerprint(public: str) -> str:
    """The SHA-256 of a public key given in hexadecimal."""
    return sha256(bytes.fromhex(public)).hexdigest()


def public_from_pem(data: bytes) -> str:
    """The public key of a PEM file, in hexadecimal.

    Raises:
        LibraryError: it holds none.
    """
    try:
        key = serialization.load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise LibraryError("this is not a public key in PEM form") from error
    if not isinstance(key, Ed25519PublicKey):
        raise LibraryError("this is not an Ed25519 public key")
    return public_hex(key)


def signed_by(public: str, data: bytes, signature: str) -> bool:
    """Whether a signature in hexadecimal is this public key's over these bytes."""
    try:
        raw = bytes.fromhex(signature)
        if raw.hex() != signature:
            return False
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(raw, data)
    except (InvalidSignature, ValueError):
        return False
    return True

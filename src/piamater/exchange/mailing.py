"""Mailing: hand a mail to the library's SMTP server (RFC 5321), encrypted unless told otherwise."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from piamater.corpus.settings import Settings
from piamater.errors import InputError, PiamaterError

VARIABLE = "PIAMATER_SMTP_PASSWORD"
SECONDS = 30
_HERE = ("localhost", "127.0.0.1", "::1")


def send(
    settings: Settings,
    to: Sequence[str],
    subject: str,
    text: str,
    html: str,
    language: str = "en",
    *,
    stop: bool = False,
) -> dict[str, str]:
    """Send a mail to each address by itself; gives the reason by address that was refused.

    ``stop`` tells mail programs how to unsubscribe (RFC 2369).

    Raises:
        InputError: an address or a setting is missing or wrong, or the password is.
        PiamaterError: the server cannot be reached, offers no encryption, or takes nothing.
    """
    password = _password(settings)
    sender = mail_address(settings.mail_from, "mail.from")
    chosen = [mail_address(one, "--send") for one in dict.fromkeys(to)]
    refused: dict[str, str] = {}
    try:
        with _connected(settings, sender.domain) as server:
            if settings.mail_user:
                server.login(settings.mail_user, password)
            for one in chosen:
                try:
                    server.send_message(_message(sender, one, subject, text, html, language, stop))
                except smtplib.SMTPRecipientsRefused as error:
                    code, reason = next(iter(error.recipients.values()))
                    refused[one.addr_spec] = f"{code} {reason.decode('utf-8', 'replace')}"
    except (smtplib.SMTPException, ssl.SSLError, OSError) as error:
        raise PiamaterError(
            f"the mail was not sent: {error}",
            where=f"{settings.mail_host}:{settings.mail_port}",
            todo="check [mail] in piamater.toml; see the settings page",
        ) from error
    return refused


def _connected(settings: Settings, domain: str) -> smtplib.SMTP:
    """The server, encrypted as the settings want."""
    host, port = settings.mail_host, settings.mail_port
    if settings.mail_security == "tls":
        return smtplib.SMTP_SSL(
            host, port, domain, timeout=SECONDS, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(host, port, domain, timeout=SECONDS)
    if settings.mail_security == "starttls":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _password(settings: Settings) -> str:
    """The password, where one is needed; never over a plain connection to another machine."""
    if not settings.mail_host:
        raise InputError(
            "no mail server is named", where="mail.host", todo="set [mail] host in piamater.toml"
        )
    if not settings.mail_user:
        return ""
    if settings.mail_security == "none" and settings.mail_host not in _HERE:
        raise InputError(
            "a password goes over no plain connection",
            where="mail.security",
            todo="set it to starttls or tls, or take mail.user out",
        )
    password = os.environ.get(VARIABLE, "")
    if not password:
        raise InputError(
            "the mail server's password is not set", where="mail.user", todo=f"set {VARIABLE}"
        )
    return password


def mail_address(text: str, where: str) -> Address:
    """A mail address, checked.

    Raises:
        InputError: it is none.
    """
    try:
        found = Address(addr_spec=text)
        if found.username and found.domain and text.isprintable():
            return found
    except (MessageError, ValueError, IndexError):
        pass
    raise InputError(
        f"{text[:80]!r} is no mail address", where=where, todo="such as library@example.org"
    )


def _message(
    sender: Address,
    to: Address,
    subject: str,
    text: str,
    html: str,
    language: str,
    stop: bool,
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=sender.domain)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note comes back
    if stop:
        message["List-Unsubscribe"] = f"<mailto:{sender.addr_spec}?subject=unsubscribe>"
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    message["Content-Language"] = language  # RFC 3282
    return message

"""Typed readers of the settings of e-mail."""

from dataclasses import dataclass, field
from email.utils import formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from project.env import WrongSetting, text

# The port of each scheme: not encrypted, encrypted once the server was greeted (STARTTLS), encrypted throughout.
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
# Without a server e-mails are shown in the log.
CONSOLE = "claims.notify.console.ConsoleBackend"
SMTP = "claims.notify.smtp.SmtpBackend"


@dataclass(frozen=True)
class MailServer:
    """Where e-mails are handed over, in Django's words."""

    backend: str = CONSOLE
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False


def mail_server(name: str) -> MailServer:
    """The server behind a URL; without one, the log."""
    value = text(name)
    if not value:
        return MailServer()
    try:
        return _read(value)
    except (KeyError, ValueError):
        # The value may hold a password: it is not repeated.
        raise WrongSetting(
            name,
            "must be smtp+tls://user:password@host:587, smtps://user:password@host:465 or smtp://host:25; "
            "in the user and the password @ is written %40, : is %3A, / is %2F and % is %25",
        ) from None


def _read(value: str) -> MailServer:
    parts = urlsplit(value)
    port = PORTS[parts.scheme] if parts.port is None else parts.port
    host = parts.hostname or ""
    user, password = (unquote(part or "", errors="strict") for part in (parts.username, parts.password))
    if not host or not port or set(host) & set(" %") or not (host + user + password).isprintable():
        raise ValueError
    if bool(user) != bool(password) or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError
    return MailServer(SMTP, host, port, user, password, parts.scheme == "smtp+tls", parts.scheme == "smtps")


def mail_sender(name: str, *, newsroom: str, host: str | None) -> str:
    """Who e-mails are from: an address with or without a name before it; by default the newsroom's, at our host."""
    value = text(name)
    if not value:
        # Digits are no place that mail comes from.
        domain = host if host and not host[-1].isdigit() and ":" not in host else "localhost"
        return formataddr((" ".join(newsroom.split()), f"claimline@{domain}"))
    user, _at, domain = parseaddr(value)[1].rpartition("@")
    if not value.isprintable() or not user or not domain or value.count("@") != 1 or " " in user + domain:
        raise WrongSetting(name, f"must be an address such as Claimline <claims@example.org>, not {value!r}")
    return value

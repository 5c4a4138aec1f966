"""A certificate for localhost from a local authority: official clients insist on https.

The authority stands in .payframe/ca.pem with its key beside it and is used again at every
start, so that it has to be trusted once. It is for this machine only.
"""

import os
import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme

from payframe.errors import PayframeError

HOSTS = ("localhost", "127.0.0.1", "::1", "vault.localhost")
ENVIRONMENT = (
    ("REQUESTS_CA_BUNDLE", "requests, b24pysdk"),
    ("SSL_CERT_FILE", "httpx, aiohttp, fast-bitrix24"),
    ("NODE_EXTRA_CA_CERTS", "Node, Deno, @bitrix24/b24jssdk"),
    ("CURL_CA_BUNDLE", "curl; for PHP set curl.cainfo in php.ini"),
)
"""What makes a client trust the authority: variable -> clients that read it."""


class AuthorityError(PayframeError):
    """The local authority cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Tls:
    """`authority` is the file that clients trust, `certificate` holds chain and key."""

    authority: Path
    certificate: Path


def local_tls(folder: Path) -> Tls:
    """Authority and a fresh certificate for HOSTS in `folder`. Raises AuthorityError."""
    authority, key = folder / "ca.pem", folder / "ca.key"
    certificate = folder / "localhost.pem"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if authority.exists() and key.exists():
            ca = trustme.CA.from_pem(authority.read_bytes(), key.read_bytes())
        else:
            ca = trustme.CA(organization_name="payframe local authority")
            _write_private(key, ca.private_key_pem.bytes())
            _write(authority, ca.cert_pem.bytes(), 0o644)
        _write_private(certificate, ca.issue_cert(*HOSTS).private_key_and_cert_chain_pem.bytes())
    except (OSError, ValueError) as error:
        raise AuthorityError(
            f"{authority}: the local authority cannot be used: {error}. "
            f"Delete {authority} and {key} to have a new one made."
        ) from error
    return Tls(authority, certificate)


def trusting_environment(tls: Tls) -> list[str]:
    """Shell lines that make each client trust the authority."""
    path = tls.authority.resolve()
    return [f"export {variable}={path}  # {clients}" for variable, clients in ENVIRONMENT]


def client_context(tls: Tls) -> ssl.SSLContext:
    """What makes an httpx client of this process trust the authority."""
    return ssl.create_default_context(cafile=str(tls.authority))


def _write_private(path: Path, content: bytes) -> None:
    _write(path, content, 0o600)


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable to others in between."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    draft.replace(path)

"""Private authorities whose certificates hold now, no longer, or not yet: a wrong clock without touching the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
AROUND = (NOW - timedelta(days=30), NOW + timedelta(days=30))
"""A span that holds the hour of this machine."""
YEARS_AGO = (NOW - timedelta(days=900), NOW - timedelta(days=400))
YEARS_AHEAD = (NOW + timedelta(days=400), NOW + timedelta(days=900))


class Authority:
    """A private authority of a center: it writes certificates into files."""

    def __init__(self, folder: Path, name: str, span: tuple[datetime, datetime] = AROUND) -> None:
        self._folder, self._name, self._span = folder, name, span
        self._key = ec.generate_private_key(ec.SECP256R1())
        itself = self._signed(name, self._key.public_key(), is_authority=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(itself.public_bytes(Encoding.PEM))

    def center(self, host: str = "localhost") -> Path:
        """Return a file with the key and the certificate of a center at `host`."""
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file = self._folder / f"{self._name}-{host}.pem"
        file.write_bytes(pem + self._signed(host, key.public_key(), is_authority=False).public_bytes(Encoding.PEM))
        return file

    def _signed(self, name: str, key: ec.EllipticCurvePublicKey, *, is_authority: bool) -> x509.Certificate:
        def named(common: str) -> x509.Name:
            return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

        made = x509.CertificateBuilder(named(self._name), named(name), key, x509.random_serial_number(), *self._span)
        made = made.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        return made.sign(self._key, hashes.SHA256())

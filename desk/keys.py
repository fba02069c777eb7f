"""Keys, signatures and the slow hash of a PIN: the desk's only room with a cryptography library.

Its library is loaded by what signs or proves: who only signs in and reads a desk does not pay for it.

A private key lies in `<user config>/desk/keys/<desk id>.key` (DESK_KEYS names another folder), never inside
a home, so that a copied home is not an identity.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PIN_HASH = "scrypt$15$8$1"
"""How new PINs are hashed: scrypt, cost 2^15, block 8, lanes 1 (about 32 MiB, 0.1 to 0.3 s on an old PC)."""

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One Ed25519 key pair of a desk or a center."""

    secret: bytes
    """The 32 private bytes."""

    @classmethod
    def make(cls, random32: bytes) -> SigningKey:
        """Return the key whose private part is `random32` (32 random bytes)."""
        return cls(bytes(random32))

    @property
    def public(self) -> bytes:
        """The 32 public bytes."""
        return self._loaded().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte Ed25519 signature of `message`."""
        return self._loaded().sign(message)

    def unlocked(self, locked: bytes) -> bytes:
        """Return what was locked for this key; raises ValueError where it was not, or is damaged."""
        # pyrage: only what reads or writes a bundle
        import pyrage
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        pem = self._loaded().private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
        try:
            return bytes(pyrage.decrypt(locked, [pyrage.ssh.Identity.from_buffer(pem)]))
        except pyrage.DecryptError as error:
            raise ValueError(str(error)) from error

    def _loaded(self) -> Ed25519PrivateKey:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret)


def verified(public: bytes, signature: bytes, message: bytes) -> bool:
    """Return whether `signature` over `message` is of the key `public` (32 bytes); never raises."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def locked_for(public: bytes, plain: bytes) -> bytes:
    """Return `plain` as an age file that only the key `public` opens; raises ValueError where it is no key.

    age takes Ed25519 keys in the form of SSH, so whoever can be believed can also be written to.
    """
    # pyrage: only what reads or writes a bundle
    import pyrage
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    name = Ed25519PublicKey.from_public_bytes(public).public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    try:
        return bytes(pyrage.encrypt(plain, [pyrage.ssh.Recipient.from_str(name.decode())]))
    except (pyrage.RecipientError, pyrage.EncryptError) as error:
        raise ValueError(str(error)) from error


def key_id(public: bytes) -> bytes:
    """Return the 4 bytes by which a paper names its key: the first of the sha256 of the public key."""
    return hashlib.sha256(public).digest()[:4]


def load_key(path: Path) -> SigningKey | None:
    """Return the key in the file `path` (hex), or None if there is none readable."""
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
    return SigningKey(secret) if len(secret) == _KEY_BYTES else None


def keep_key(path: Path, key: SigningKey) -> None:
    """Write `key` to the new file `path` as hex, readable by its owner only, synced to disk.

    Raises FileExistsError: a key is never overwritten.
    """
    keep_secret(path, key.secret.hex())


def keep_secret(path: Path, text: str) -> None:
    """Write `text` to the new file `path` (0600), synced to disk; raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def hash_pin(pin: str, salt: bytes, how: str = PIN_HASH) -> bytes:
    """Return the slow hash of `pin` under `salt` by `how` (`scrypt$log2 cost$block$lanes`), 32 bytes.

    Raises ValueError for a `how` this version does not know.
    """
    name, cost, block, lanes = how.split("$")
    if name != "scrypt":
        raise ValueError(how)
    n, r, p = 1 << int(cost), int(block), int(lanes)
    # of the standard library: who signs in does not load a cryptography library (6 MB) for it
    return hashlib.scrypt(pin.encode(), salt=salt, n=n, r=r, p=p, maxmem=128 * r * (n + p + 4), dklen=32)


def owner_tag(unit_salt: bytes, personal_id: str) -> bytes:
    """Return the 4-byte tag of an owner's number in a slip's QR: HMAC-SHA256 cut; zeros without a number."""
    if not personal_id:
        return bytes(4)
    return hmac.digest(unit_salt, personal_id.encode(), "sha256")[:4]

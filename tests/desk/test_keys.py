"""The slow hash of a PIN, beside another library's, and what is loaded by who only signs in."""

from __future__ import annotations

import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from desk.keys import PIN_HASH, hash_pin


@pytest.mark.parametrize("how", [PIN_HASH, "scrypt$4$8$1", "scrypt$5$4$2"])
def test_a_pin_is_hashed_as_another_library_hashes_it(how: str) -> None:
    cost, block, lanes = (int(part) for part in how.split("$")[1:])
    assert hash_pin("135246", b"salt" * 4, how) == Scrypt(b"salt" * 4, 32, 1 << cost, block, lanes).derive(b"135246")


def test_a_hash_that_this_version_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="argon2id"):
        hash_pin("135246", b"salt", "argon2id$16$3$1")


def test_who_signs_in_loads_no_cryptography_library() -> None:
    code = 'import sys; from desk.keys import hash_pin; hash_pin("1", b"s", "scrypt$4$8$1"); print(*sys.modules)'
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "cryptography" not in done.stdout.split()

"""The browser's verdict on a paper is the desk's: the same texts, in a real Chromium, by both of its ways."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.rules.codes import with_check
from desk.rules.proof import KINDS, qr_text, short_digits, signed_digits
from desk.rules.verdict import KnownKey, Verdict, judge
from storage.center.app import make_app
from storage.center.center import Center
from storage.center.proof_page import page_data, proof_page, script
from tests.desk.rules.test_layout_digits import typed
from tests.desk.rules.test_proof import KEY, PROOF
from tests.desk.rules.test_verdict import DIGITS, OTHER_KEY, OURS, PRACTICE, PRACTICE_KEY, URL, by
from tests.storage.browser import dom
from tests.storage.center.test_serve import serving
from tests.storage.centers import join, new_center
from tests.storage.desks import Desk

REVOKED = replace(OURS, revoked_at=PROOF.accepted_at + timedelta(days=30))
KEYS = [REVOKED, PRACTICE]
ORDER = 2**252 + 27742317777372353535851937790883648493
"""The order of Ed25519's group: a signature with its second half moved on by it must not pass."""


def _texts() -> Iterator[str]:
    """Yield what a person may paste: right papers of every kind, and every way in which one may be wrong."""
    for kind in KINDS:
        yield by(KEY, kind=kind)
    yield from (DIGITS, qr_text(URL, DIGITS), qr_text("https://evil.example/t/", DIGITS), typed(qr_text(URL, DIGITS)))
    yield from (typed(DIGITS).upper(), f"  {DIGITS}\n", " ".join(re.findall(".{1,4}", DIGITS)), f"tiếng Việt {DIGITS}")
    yield from (by(KEY, copy=255), by(KEY, due_at=None), by(KEY, code_on=None, serial=0), by(KEY, serial=99_999))
    yield from (by(KEY, accepted_at=PROOF.accepted_at + timedelta(days=days)) for days in (29, 30, 31))
    yield from (by(OTHER_KEY), by(PRACTICE_KEY), by(PRACTICE_KEY, practice=True), by(KEY, practice=True))
    yield from (signed_digits(PROOF, OTHER_KEY), by(OTHER_KEY, practice=True))
    yield from (short_digits(PROOF.tracking), qr_text(URL, short_digits(5)), short_digits(5)[:-1] + "0", "9" * 22)
    yield from ("", "0", "x", "不是数字", "/", "9" * 236, with_check("9" * 234), "H49.35-260905-0123", DIGITS + "0")
    yield from (DIGITS[1:], "0" + DIGITS, DIGITS[:100] + "x" + DIGITS[100:], with_check("0" * 234), "٣" * 236)
    yield from ("https://a.b/", "HTTP://A.B/T/1", "\u0301\u0300", "đ\u0301ĕ", "👍" + typed(DIGITS), "a\u0323\u0306")
    raw = int(DIGITS[:-2]).to_bytes(97, "big")
    half = int.from_bytes(raw[65:], "little") + ORDER
    yield _as_digits(raw[:65] + half.to_bytes(32, "little"))
    for place in range(97):
        yield _as_digits(raw[:place] + bytes([raw[place] ^ 1 << place % 8]) + raw[place + 1 :])
    dice = random.Random(11)
    for place in range(len(DIGITS)):
        other = dice.choice("0123456789".replace(DIGITS[place], ""))
        yield DIGITS[:place] + other + DIGITS[place + 1 :]


def _as_digits(raw: bytes) -> str:
    return with_check(f"{int.from_bytes(raw, 'big'):0234d}")


def _said(verdict: Verdict) -> dict[str, Any]:
    """Return what a browser must find too; what follows from the desk's log apart."""
    return {
        "word": verdict.word,
        "why": verdict.why,
        "code": verdict.code,
        "host": verdict.other_host,
        "unit": verdict.key.unit if verdict.key else None,
        "kind": verdict.proof.kind if verdict.proof else None,
        "copy": verdict.proof.copy if verdict.proof else None,
        "accepted": int(verdict.proof.accepted_at.timestamp() * 1000) if verdict.proof else None,
        "due": int(verdict.proof.due_at.timestamp() * 1000) if verdict.proof and verdict.proof.due_at else None,
    }


_HARNESS = """
const {data, texts} = JSON.parse(document.getElementById("asked").textContent);
const told = {own: await engine()};
for (const by of ["webcrypto", "script", ""]) {
  told[by] = [];
  for (const text of texts) {
    const {word, why, code, otherHost: host, key, paper} = await judge(text, data, by);
    told[by].push({word, why, code, host, unit: key?.unit ?? null, kind: paper?.kind ?? null, copy: paper?.copy ?? null,
                   accepted: paper?.acceptedMs ?? null, due: paper?.dueMs ?? null});
  }
}
document.getElementById("told").textContent = JSON.stringify(told);
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Chromium says of all texts, by WebCrypto, by the script and by neither."""
    folder = tmp_path_factory.mktemp("chromium")
    asked = {"data": page_data(KEYS, URL), "texts": list(_texts())}
    inert = json.dumps(asked, ensure_ascii=False).replace("<", "\\u003c")
    page = folder / "asked.html"
    page.write_text(
        f'<meta charset="utf-8"><script type="application/json" id="asked">{inert}</script><pre id="told"></pre>'
        f'<script type="module">{script()}\n{_HARNESS}</script>',
        encoding="utf-8",
    )
    found = re.search(r'<pre id="told">(.*?)</pre>', dom(page.as_uri(), folder / "profile"), re.DOTALL)
    assert found is not None
    answer: dict[str, Any] = json.loads(html.unescape(found[1]))
    return answer


@pytest.mark.parametrize("way", ["webcrypto", "script"])
def test_a_browser_judges_every_text_as_the_desk_does(told: dict[str, Any], way: str) -> None:
    texts = list(_texts())
    expected = [_said(judge(text, KEYS, tracking_url=URL)) for text in texts]
    assert len(told[way]) == len(texts) > 380
    wrong = [one for one in zip(texts, told[way], expected, strict=True) if one[1] != one[2]]
    assert wrong == []
    words = {(one["word"], one["why"]) for one in expected}
    assert {word for word, _why in words} == {"genuine", "altered", "unknown_key", "practice", "not_ours"}
    assert ("unknown_key", "revoked") in words


def test_this_browser_knows_ed25519_by_itself(told: dict[str, Any]) -> None:
    assert told["own"] == "webcrypto"


def test_a_browser_that_can_check_no_signature_calls_nothing_genuine_or_forged(told: dict[str, Any]) -> None:
    texts = list(_texts())
    for text, said in zip(texts, told[""], strict=True):
        verdict = judge(text, KEYS, tracking_url=URL)
        signed = verdict.proof is not None and verdict.why != "key"
        assert said["word"] == (None if signed else verdict.word)


@pytest.fixture
def joined(desk: Desk, tmp_path: Path) -> Iterator[tuple[Desk, Center]]:
    """A desk that joined a center."""
    with closing(new_center(tmp_path)) as center:
        join(desk, center)
        yield desk, center


def _paper(desk: Desk) -> str:
    from tests.storage.center.test_tracking import _proof

    return _proof(desk.key)


def test_the_page_as_the_center_serves_it_proves_a_paper(joined: tuple[Desk, Center], tmp_path: Path) -> None:
    desk, _center = joined
    with serving(tmp_path) as (url, _process):
        for digits, word in ((_paper(desk), "genuine"), (_paper(desk)[:-1] + "x", "not_ours"), (DIGITS, "unknown_key")):
            shown = dom(f"{url}/verify#{digits}", tmp_path / "profile")
            assert f'data-word="{word}"' in shown
    assert 'data-engine="webcrypto"' in shown


def test_the_page_asks_nobody_and_runs_only_its_own_script(joined: tuple[Desk, Center]) -> None:
    _desk, center = joined
    with TestClient(make_app(center, lambda unit: f"Phường </script> {unit}")) as client:
        response = client.get("/verify")
        assert client.head("/verify").status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/]{43}='", policy)
    assert "connect-src" not in policy
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    for outside in ("<link", "<img", " src=", "fetch(", "XMLHttpRequest"):
        assert outside not in response.text
    assert response.text.count("</script>") == 2


def test_every_desk_that_ever_joined_is_on_the_page(joined: tuple[Desk, Center]) -> None:
    desk, center = joined
    with TestClient(make_app(center)) as client:
        assert desk.key.public.hex() in client.get("/verify").text


def test_the_page_without_any_desk_is_a_page() -> None:
    keys: list[KnownKey] = []
    assert '"keys":[]' in proof_page(keys, "")


def test_the_vendored_script_comes_with_its_licence() -> None:
    import storage.center.web

    folder = Path(storage.center.web.__file__).parent
    assert "The MIT License" in (folder / "noble-ed25519.LICENSE").read_text(encoding="utf-8")
    assert "noble-ed25519 - MIT License" in (folder / "noble-ed25519.js").read_text(encoding="utf-8")

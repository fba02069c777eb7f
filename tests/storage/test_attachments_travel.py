"""Files of attachments between desks and the center: cut at random, doubled, altered, and asked for by strangers."""

from __future__ import annotations

import base64
import hashlib
import random

import pytest
from starlette.testclient import TestClient

from desk.clock import chance
from desk.errors.sync import DeskRevoked, LinkCut
from storage.blobs import PIECE
from storage.center.app import make_app
from storage.center.backup import back_up, restore
from storage.center.files import Files
from storage.messages import CONTENT_TYPE, read_answer
from storage.sync.files import LARGEST, Stride, carry
from tests.storage.centers import new_center, sync
from tests.storage.desks import Ticking
from tests.storage.places import SCAN, SMALL, THERE, Place, attach, files_of, has


def test_a_file_reaches_the_center_and_the_other_desk_of_the_unit(place: Place) -> None:
    for content in (SCAN, SMALL):
        attach(place.one, content)
    assert place.carry(place.one)[:2] == (2, 0)
    assert place.carry(place.two)[:2] == (0, 2)
    for files in (place.files, files_of(place.two)):
        assert has(files, SCAN) and has(files, SMALL)
        assert list(files.folder.rglob("*.have")) == []


def test_what_is_settled_is_never_asked_again_until_the_center_is_another(place: Place) -> None:
    asked: list[int] = []

    def counted(message: bytes) -> bytes:
        asked.append(len(message))
        return place.line(message)

    attach(place.one, SMALL)
    place.carry(place.one, counted)
    asked.clear()
    place.carry(place.one, counted)
    assert asked == []
    place.center.about = place.center.about._replace(incarnation="put back from a copy")
    place.files.path(hashlib.sha256(SMALL).hexdigest()).unlink()
    assert place.carry(place.one, counted).brought == 1


@pytest.mark.parametrize("seed", range(3))
def test_cut_at_random_in_both_directions_it_goes_on_where_it_was(place: Place, seed: int) -> None:
    chance = random.Random(seed)
    attach(place.one, SCAN)
    received: list[int] = []

    def unruly(message: bytes) -> bytes:
        fate = chance.random()
        if fate < 0.3:
            raise LinkCut(cause="before it came")
        answer = place.line(message)
        if fate < 0.6:
            raise LinkCut(cause="the answer was lost")
        if fate < 0.7:
            answer = place.line(message)  # it comes twice
        received.append(max(len(answer), len(message)))
        return answer

    for desk, there in ((place.one, place.files), (place.two, files_of(place.two))):
        for _exchange in range(200):
            if has(there, SCAN):
                break
            assert not there.has(hashlib.sha256(SCAN).hexdigest(), len(SCAN))
            try:
                place.carry(desk, unruly)
            except LinkCut:
                continue
        assert has(there, SCAN)
    assert sum(received) < 3 * len(SCAN)  # both directions: whole parts are not sent again


def test_after_a_failure_a_part_is_small_and_grows_again() -> None:
    stride = Stride()
    assert stride.pieces * PIECE == 256 << 10
    stride.went_wrong()
    assert stride.pieces * PIECE == 32 << 10
    for _part in range(3):
        stride.went_well()
    assert stride.pieces == LARGEST


def test_the_same_file_of_two_desks_is_kept_once(place: Place) -> None:
    for desk in (place.one, place.other):
        attach(desk, SCAN)
        place.carry(desk, most_bytes=1)  # one part each, then cut
    assert place.carry(place.other).brought == 1
    assert place.carry(place.one, most_bytes=0).bytes == 0
    whole = list(place.files.folder.glob("??/*"))
    assert [path.name for path in whole] == [hashlib.sha256(SCAN).hexdigest()] and has(place.files, SCAN)


def test_another_content_is_never_present_and_is_asked_anew(place: Place) -> None:
    event = attach(place.one, SMALL)
    sync(place.one, place.center)
    wrong = base64.b64encode(SMALL[:-1] + b"?").decode()
    status, told = place.ask(place.one, ask=[event], put={"first": 0, "data": wrong})
    assert (status, told["files"]) == (200, [{"event": event, "state": "wanted", "missing": [0]}])
    assert not place.files.has(hashlib.sha256(SMALL).hexdigest(), len(SMALL))
    assert place.carry(place.one).brought == 1
    assert has(place.files, SMALL)


def test_a_program_under_its_own_right_hash_is_not_kept(place: Place) -> None:
    dossier = place.one.accept()[0]
    program = b"MZ\x90\0" + bytes(100)
    with place.one.log.act("officer-1") as act:
        body = {"sha256": hashlib.sha256(program).hexdigest(), "size": len(program), "mime": "application/pdf"}
        event = act.append("document.attached", body, {}, dossier).head.id
    sync(place.one, place.center)
    place.ask(place.one, ask=[event], put={"first": 0, "data": base64.b64encode(program).decode()})
    assert not has(place.files, program)


def test_what_was_altered_at_the_desk_stays_there_and_altered_at_the_center_is_not_given(place: Place) -> None:
    attach(place.one, SMALL)
    mine, theirs = (files.path(hashlib.sha256(SMALL).hexdigest()) for files in (files_of(place.one), place.files))
    mine.write_bytes(SMALL.swapcase())
    assert place.carry(place.one).brought == 0
    mine.write_bytes(SMALL)
    assert place.carry(place.one).brought == 1
    theirs.write_bytes(SMALL.swapcase())
    assert place.carry(place.two).fetched == 0
    assert not files_of(place.two).has(mine.name, len(SMALL)) and not theirs.exists()


def test_a_desk_whom_the_dossier_does_not_concern_gets_nothing_and_brings_nothing(place: Place) -> None:
    events = [attach(place.one, content) for content in (SCAN, SMALL)]
    sync(place.one, place.center)
    put = {"first": 0, "data": base64.b64encode(SMALL).decode()}
    assert place.ask(place.other, ask=events[1:], put=put)[1]["files"] == [{"event": events[1], "state": "unknown"}]
    assert not has(place.files, SMALL)
    place.carry(place.one)
    told = place.ask(place.other, ask=events, get={"first": 0, "count": 1})[1]
    assert [one["state"] for one in told["files"]] == ["unknown", "unknown"] and "data" not in told
    assert place.carry(place.other) == (0, 0, 0)


def test_a_unit_that_the_dossier_is_handed_to_gets_its_files(place: Place) -> None:
    dossier = place.one.accept()[0]
    attach(place.one, SMALL, dossier)
    with place.one.log.act("officer-1") as act:
        act.append("dossier.processing", {"to": THERE}, dossier=dossier)
    place.carry(place.one)
    assert place.carry(place.other).fetched == 1
    assert has(files_of(place.other), SMALL)


def test_a_recorded_request_for_a_part_gives_nothing_when_it_comes_again(place: Place) -> None:
    recorded: list[bytes] = []

    def heard(message: bytes) -> bytes:
        recorded.append(message)
        return place.line(message)

    attach(place.one, SCAN)
    place.carry(place.one)
    assert place.carry(place.two, heard).fetched == 1
    answers = [read_answer(place.line(message), place.center.key.public) for message in recorded]
    assert [answer.get("session") for answer in answers] == [None, *["over"] * 3]
    assert not any("data" in answer for answer in answers)


def test_a_word_that_was_lost_on_the_way_costs_one_more_question(place: Place) -> None:
    attach(place.one, SMALL)
    place.carry(place.one)
    asked: list[int] = []

    def used_up(message: bytes) -> bytes:
        answer = place.line(message)
        asked.append(len(message))
        if len(asked) == 2:
            return place.line(message)  # a repeating line: the answer that comes is that to the second copy
        return answer

    assert place.carry(place.two, used_up).fetched == 1
    assert len(asked) == 3


def test_a_file_that_no_event_names_is_not_taken(place: Place) -> None:
    put = {"first": 0, "data": base64.b64encode(SMALL).decode()}
    accepted = place.one.accept()[0]
    sync(place.one, place.center)
    assert place.ask(place.one, ask=[accepted], put=put)[1]["files"][0]["state"] == "unknown"
    assert list(place.files.folder.rglob("*")) == []


def test_a_desk_brings_no_more_than_its_quota(place: Place) -> None:
    attach(place.one, SMALL)
    place.carry(place.one)
    small = Files(place.files, quota=len(SMALL) + len(SCAN) - 1)
    place.center._files = small
    attach(place.one, SCAN)
    assert place.carry(place.one).brought == 0
    attach(place.other, SCAN)
    assert place.carry(place.other).brought == 1


def test_a_revoked_desk_is_refused(place: Place) -> None:
    event = attach(place.one, SMALL)
    place.carry(place.one)
    place.center.revoke(place.one.id)
    assert place.ask(place.one, ask=[event], get={"first": 0, "count": 1})[0] == 403
    attach(place.one, SCAN)
    with pytest.raises(DeskRevoked):
        carry(place.one.log, place.line, place.center.key.public, files_of(place.one), Stride())


def test_nonsense_is_refused_and_leaves_nothing(place: Place) -> None:
    event = attach(place.one, SMALL)
    sync(place.one, place.center)
    whole = base64.b64encode(SMALL).decode()
    for more in (
        {"put": {"first": 0, "data": "no base64!"}},
        {"put": {"first": 1, "data": whole}},
        {"put": {"first": -1, "data": whole}},
        {"put": {"first": 0, "data": base64.b64encode(SMALL[:-1]).decode()}},
        {"put": {"first": 0, "data": ""}},
        {"put": []},
        {"get": {"first": 0, "count": 9}},
        {"get": {"first": -1, "count": 1}},
    ):
        assert place.ask(place.one, ask=[event], **more)[0] == 400
    assert [path for path in place.files.folder.rglob("*") if path.is_file()] == []


def test_an_act_waits_for_one_part_at_most(place: Place) -> None:
    attach(place.one, SCAN)
    parts: list[int] = []

    def busy(message: bytes) -> bytes:
        if len(message) > PIECE:
            parts.append(len(message))
            place.one.accept()
        return place.line(message)

    assert place.carry(place.one, busy).brought == 0
    assert len(parts) == 1
    assert place.carry(place.one).brought == 1


def test_a_center_put_back_from_a_copy_has_its_files_and_is_brought_what_came_since(place: Place) -> None:
    attach(place.one, SCAN)
    place.carry(place.one)
    back_up(place.center.store, place.files, place.folder / "copy")
    attach(place.one, SMALL)
    place.carry(place.one)
    place.center.close()
    (place.folder / "center").rename(place.folder / "lost")
    assert restore(place.folder / "center", place.folder / "copy", chance(Ticking()))[2:] == (1, 0)
    place.center = new_center(place.folder)
    assert has(place.files, SCAN) and not has(place.files, SMALL)
    assert place.carry(place.one).brought == 1
    assert place.carry(place.two).fetched == 2


def test_over_http_it_is_the_same(place: Place) -> None:
    attach(place.one, SCAN)
    with TestClient(make_app(place.center)) as client:

        def post(message: bytes) -> bytes:
            return client.post("/v1/blobs", content=message, headers={"Content-Type": CONTENT_TYPE}).content

        assert place.carry(place.one, post).brought == 1
        assert place.carry(place.two, post).fetched == 1
    assert has(files_of(place.two), SCAN)

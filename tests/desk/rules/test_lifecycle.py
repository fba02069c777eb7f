"""The ten statuses and their moves (domain 4.1 and 4.2, decisions 5)."""

from __future__ import annotations

import pytest

from desk.errors.rule import LeadNeeded, MoveImpossible, ReasonNeeded, StatusUnknown, UnitNeeded
from desk.rules.dossier import Status
from desk.rules.lifecycle import (
    STATUS_NAMES,
    STATUSES,
    Move,
    StatusList,
    check_move,
    is_correction,
    is_open,
    number_of,
    parse_status,
    possible_moves,
    state_before,
    status_of,
)
from desk.words import _, speak, told

# domain 4.2 in the national numbers: state, the state before it (None: it does not matter), moves of the lead.
TABLE = [
    (1, None, {2, 3, 5, 7}),
    (2, None, {4, 5, 6, 7, 8, 9}),
    (3, None, set()),
    (4, 2, {4, 5, 6, 7, 8, 9}),
    (5, 2, {2, 4, 7, 8}),
    (5, 4, {2, 4, 7, 8}),
    (5, 1, {1, 7, 8}),
    (6, 4, {4, 7, 8}),
    (7, 1, {1, 8}),
    (7, 2, {2, 8}),
    (7, 4, {4, 8}),
    (7, 5, {5, 8}),
    (7, 6, {6, 8}),
    (8, 7, {10}),
    (9, 4, {4, 10}),
    (10, 9, set()),
]


@pytest.mark.parametrize(("number", "before", "expected"), TABLE)
def test_the_moves_are_those_of_the_national_table(number: int, before: int | None, expected: set[int]) -> None:
    came_from = None if before is None else status_of(before)
    moves = possible_moves(status_of(number), came_from, "lead")
    numbers = [number_of(move.to) for move in moves]
    assert set(numbers) == expected
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("to", STATUSES)
def test_a_move_is_either_listed_or_refused_with_those_that_are(status: Status, to: Status) -> None:
    listed = {move.to: move for move in possible_moves(status, "processing", "lead")}
    if to in listed:
        assert check_move(status, to, "processing", "lead", reason="lý do", unit="Công an xã") == listed[to]
    else:
        with pytest.raises(MoveImpossible) as refused:
            check_move(status, to, "processing", "lead", reason="lý do", unit="Công an xã")
        assert refused.value.facts["possible"] == tuple(listed)


def test_stopping_and_correcting_need_the_lead() -> None:
    for status in ("accepted", "processing", "supplement_requested", "payment_requested", "withdrawal_requested"):
        with pytest.raises(LeadNeeded):
            check_move(parse_status(status), "stopped", "accepted", "officer", reason="lý do")
    with pytest.raises(LeadNeeded):
        check_move("resolved", "processing", "processing", "officer", reason="in sai tên")
    assert {move.to for move in possible_moves("resolved", "processing", "officer")} == {"returned"}


@pytest.mark.parametrize(
    ("status", "to", "before"),
    [
        ("filed", "refused", None),
        ("filed", "supplement_requested", None),
        ("accepted", "supplement_requested", None),
        ("processing", "supplement_requested", "accepted"),
        ("processing", "stopped", "accepted"),
        ("resolved", "processing", "processing"),
    ],
)
def test_what_is_printed_with_a_reason_demands_it(status: Status, to: Status, before: Status | None) -> None:
    with pytest.raises(ReasonNeeded):
        check_move(status, to, before, "lead", reason="  ")
    assert check_move(status, to, before, "lead", reason="thiếu giấy tờ").needs_reason


def test_a_withdrawal_is_the_citizens_right_and_its_stop_needs_no_other_reason() -> None:
    assert check_move("accepted", "withdrawal_requested", None, "officer") == Move("withdrawal_requested", "none")
    assert check_move("withdrawal_requested", "stopped", "accepted", "lead").paper == "stop"


def test_passing_on_within_the_process_names_the_body() -> None:
    with pytest.raises(UnitNeeded):
        check_move("processing", "processing", "accepted", "officer")
    assert check_move("processing", "processing", "accepted", "officer", unit="Chi nhánh VPĐKĐĐ").clock == "none"


@pytest.mark.parametrize(
    ("status", "to", "before", "clock", "paper"),
    [
        ("filed", "accepted", None, "start", "slip"),
        ("filed", "refused", None, "none", "refusal"),
        ("filed", "supplement_requested", None, "none", "supplement"),
        ("filed", "withdrawal_requested", None, "none", ""),
        ("accepted", "processing", None, "none", ""),
        ("accepted", "supplement_requested", None, "stop", "supplement"),
        ("accepted", "payment_requested", None, "stop", ""),
        ("accepted", "resolved", None, "end", ""),
        ("processing", "stopped", "accepted", "end", "stop"),
        ("supplement_requested", "processing", "accepted", "resume", ""),
        ("supplement_requested", "accepted", "accepted", "resume", ""),
        ("supplement_requested", "filed", "filed", "none", ""),
        ("payment_requested", "processing", "processing", "resume", ""),
        ("withdrawal_requested", "processing", "processing", "none", ""),
        ("stopped", "returned", "processing", "none", "result_receipt"),
        ("resolved", "returned", "processing", "none", "result_receipt"),
        ("resolved", "processing", "processing", "reopen", ""),
    ],
)
def test_each_move_says_what_it_does_to_the_clock_and_which_paper_it_makes(
    status: Status, to: Status, before: Status | None, clock: str, paper: str
) -> None:
    move = check_move(status, to, before, "lead", reason="lý do")
    assert (move.clock, move.paper) == (clock, paper)


@pytest.mark.parametrize(
    ("history", "before"),
    [
        ([], None),
        (["accepted"], None),
        (["filed", "supplement_requested"], "filed"),
        (["filed", "supplement_requested", "withdrawal_requested"], "supplement_requested"),
        (["filed", "supplement_requested", "withdrawal_requested", "supplement_requested"], "filed"),
        (["accepted", "processing", "processing"], "accepted"),
        (["accepted", "processing", "processing", "supplement_requested"], "processing"),
        (["accepted", "withdrawal_requested", "accepted", "withdrawal_requested"], "accepted"),
        (["accepted", "processing", "resolved", "processing"], "resolved"),
    ],
)
def test_a_cancelled_withdrawal_leaves_no_trace_in_the_state_before(
    history: list[Status], before: Status | None
) -> None:
    assert state_before(history) == before


def test_the_national_numbers_run_from_one_to_ten_and_zero_is_only_read() -> None:
    assert [number_of(status) for status in STATUSES] == list(range(1, 11))
    assert [status_of(number) for number in range(1, 11)] == list(STATUSES)
    assert status_of(0) == "filed"
    for number in (-1, 11):
        with pytest.raises(StatusUnknown) as refused:
            status_of(number)
        assert refused.value.facts == {"status": number, "nearest": "1-10"}


def test_a_mistyped_status_is_answered_with_its_nearest_neighbour() -> None:
    with pytest.raises(StatusUnknown) as refused:
        parse_status("procesing")
    assert str(refused.value.facts["nearest"]).startswith("processing")
    with pytest.raises(StatusUnknown) as refused:
        parse_status("xyz")
    assert str(refused.value.facts["nearest"]) == ", ".join(STATUSES)


def test_a_refusal_is_read_in_the_officers_language_with_the_possible_moves() -> None:
    speak("en")
    with pytest.raises(MoveImpossible) as refused:
        check_move("refused", "returned", "filed", "lead")
    assert "none, the dossier has reached its end" in told(refused.value).message
    with pytest.raises(MoveImpossible) as refused:
        check_move("stopped", "accepted", "processing", "lead")
    assert told(refused.value).message == (
        "A dossier that is “Stopped” cannot become “Accepted”. Possible now: Result returned (returned)."
    )


def test_open_is_accepted_and_not_ended() -> None:
    assert [number_of(status) for status in STATUSES if is_open(status)] == [2, 4, 5, 6, 7]
    assert is_correction("resolved", "processing")
    assert not is_correction("accepted", "processing")
    assert not is_correction("resolved", "returned")


def test_every_status_has_the_name_of_the_national_message() -> None:
    speak("vi")
    assert [_(STATUS_NAMES[status]) for status in STATUSES] == [
        "Mới đăng ký",
        "Được tiếp nhận",
        "Không được tiếp nhận",
        "Đang xử lý",
        "Yêu cầu bổ sung giấy tờ",
        "Yêu cầu thực hiện nghĩa vụ tài chính",
        "Công dân yêu cầu rút hồ sơ",
        "Dừng xử lý",
        "Đã xử lý xong",
        "Đã trả kết quả",
    ]
    assert str(StatusList(("accepted", "stopped"))) == "Được tiếp nhận (accepted), Dừng xử lý (stopped)"
    assert str(StatusList()) == "không có, hồ sơ đã kết thúc"

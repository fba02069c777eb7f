"""The ten national statuses, the moves between them, and what each move demands and does to the clock.

Sources: the status codes of the message to the national portal (domain, 4.1), the moves of domain 4.2, who
may make them (decisions, 5), the papers of Thông tư 03/2025/TT-VPCP, Annex I: Mẫu 01 slip, Mẫu 02
supplement, Mẫu 03 refusal, Mẫu 05 stop notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from desk.errors.rule import LeadNeeded, MoveImpossible, ReasonNeeded, StatusUnknown, UnitNeeded
from desk.rules.dossier import Status
from desk.rules.said import Said
from desk.words import N_, _

Role = Literal["officer", "lead"]
"""Who acts; a home with one officer has both in him and passes "lead" (decisions, 5)."""

ClockEffect = Literal["start", "stop", "resume", "end", "reopen", "none"]
"""What a move does to the statutory time: start (acceptance), stop (the citizen is waited for), resume (by
the dossier's rule, pause or restart), end, reopen (a corrected 9 runs on as if it had not ended), none."""

MovePaper = Literal["", "slip", "supplement", "refusal", "stop", "result_receipt"]

STATUSES: tuple[Status, ...] = get_args(Status)

STATUS_NAMES: Mapping[Status, str] = MappingProxyType(
    {
        "filed": N_("Newly filed"),
        "accepted": N_("Accepted"),
        "refused": N_("Not accepted"),
        "processing": N_("In process"),
        "supplement_requested": N_("Supplement requested"),
        "payment_requested": N_("Payment requested"),
        "withdrawal_requested": N_("Withdrawal requested"),
        "stopped": N_("Stopped"),
        "resolved": N_("Resolved"),
        "returned": N_("Result returned"),
    }
)


class Move(NamedTuple):
    """One move of the lifecycle; role is the least that may make it."""

    to: Status
    clock: ClockEffect
    paper: MovePaper = ""
    needs_reason: bool = False
    needs_unit: bool = False
    role: Role = "officer"


_ACCEPT = Move("accepted", "start", "slip")
_REFUSE = Move("refused", "none", "refusal", needs_reason=True)
_ASK_SUPPLEMENT = Move("supplement_requested", "stop", "supplement", needs_reason=True)
_ASK_AT_RECEPTION = _ASK_SUPPLEMENT._replace(clock="none")
_ASK_PAYMENT = Move("payment_requested", "stop")
_WITHDRAW = Move("withdrawal_requested", "none")
_STOP = Move("stopped", "end", "stop", needs_reason=True, role="lead")
_STOP_AS_ASKED = _STOP._replace(needs_reason=False)
_PROCESS = Move("processing", "none")
_PASS_ON = Move("processing", "none", needs_unit=True)
_RESUME = Move("processing", "resume")
_RESUME_ACCEPTED = Move("accepted", "resume")
_BACK_TO_FILED = Move("filed", "none")
_RESOLVE = Move("resolved", "end")
_RETURN = Move("returned", "none", "result_receipt")
_CORRECT = Move("processing", "reopen", needs_reason=True, role="lead")

_MOVES: Mapping[Status, tuple[Move, ...]] = MappingProxyType(
    {
        "filed": (_ACCEPT, _REFUSE, _ASK_AT_RECEPTION, _WITHDRAW),
        "accepted": (_PROCESS, _ASK_SUPPLEMENT, _ASK_PAYMENT, _WITHDRAW, _STOP, _RESOLVE),
        "refused": (),
        "processing": (_PASS_ON, _ASK_SUPPLEMENT, _ASK_PAYMENT, _WITHDRAW, _STOP, _RESOLVE),
        "supplement_requested": (_RESUME, _RESUME_ACCEPTED, _WITHDRAW, _STOP),
        "payment_requested": (_RESUME, _WITHDRAW, _STOP),
        "withdrawal_requested": (_STOP_AS_ASKED,),
        "stopped": (_RETURN,),
        "resolved": (_RETURN, _CORRECT),
        "returned": (),
    }
)
_SUPPLEMENT_AT_RECEPTION = (_BACK_TO_FILED, _WITHDRAW, _STOP)


class StatusList(tuple[Status, ...]):
    """Statuses that read as their names, with the identifiers a command takes, when they are shown."""

    __slots__ = ()

    def __str__(self) -> str:
        if not self:
            return _("none, the dossier has reached its end")
        return ", ".join(f"{_(STATUS_NAMES[status])} ({status})" for status in self)


def status_said(status: Status) -> Said:
    """Return the status's name for a fact of an error."""
    return Said(STATUS_NAMES[status])


def number_of(status: Status) -> int:
    """Return the national code of a status, 1 to 10."""
    return STATUSES.index(status) + 1


def status_of(number: int) -> Status:
    """Return the status of a national code; raises StatusUnknown.

    0 ("interoperating", "posting") is met in the wild: it is read as `filed` and never sent (domain, 4.1).
    """
    if not 0 <= number <= len(STATUSES):
        raise StatusUnknown(status=number, nearest="1-10")
    return STATUSES[max(number, 1) - 1]


def parse_status(text: str) -> Status:
    """Return the status named by its identifier; raises StatusUnknown with the nearest ones."""
    for status in STATUSES:
        if status == text:
            return status
    near = get_close_matches(text, STATUSES, n=3) or STATUSES
    raise StatusUnknown(status=text, nearest=", ".join(near))


def state_before(history: Iterable[Status]) -> Status | None:
    """Return the state to which a cancelled request leads back: the one before the present one.

    history: every status of the dossier in order. A withdrawal that was cancelled leaves no trace in it.
    """
    before: list[Status] = []
    present: Status | None = None
    for status in history:
        if present == "withdrawal_requested" and before and status == before[-1]:
            before.pop()
        elif present is not None and present != status:
            before.append(present)
        present = status
    return before[-1] if before else None


def possible_moves(status: Status, before: Status | None, role: Role) -> tuple[Move, ...]:
    """Return the moves now open to `role`, in the order of the national codes.

    before: the state from which the present one was entered (state_before); it decides where a cancelled
    withdrawal leads back to and whether a supplement was asked for before acceptance.
    """
    moves = [move for move in _moves(status, before) if role == "lead" or move.role == "officer"]
    return tuple(sorted(moves, key=lambda move: number_of(move.to)))


def check_move(
    status: Status, to: Status, before: Status | None, role: Role, *, reason: str = "", unit: str = ""
) -> Move:
    """Return the move from `status` to `to`, or raise why it cannot be made.

    MoveImpossible names the moves possible for this role; LeadNeeded, ReasonNeeded, UnitNeeded say what lacks.
    """
    move = next((move for move in _moves(status, before) if move.to == to), None)
    if move is None:
        possible = StatusList(move.to for move in possible_moves(status, before, role))
        raise MoveImpossible(status=status_said(status), to=status_said(to), possible=possible)
    if move.role == "lead" and role != "lead":
        raise LeadNeeded(act=status_said(to))
    if move.needs_unit and not unit.strip():
        raise UnitNeeded(status=status_said(status))
    if move.needs_reason and not reason.strip():
        raise ReasonNeeded(to=status_said(to))
    return move


def is_open(status: Status) -> bool:
    """Tell whether the statutory time may still run: accepted and neither resolved nor ended."""
    return status in ("accepted", "processing", "supplement_requested", "payment_requested", "withdrawal_requested")


def is_correction(status: Status, to: Status) -> bool:
    """Tell whether this takes a result back before it was handed over (9 to 4, domain 4.2)."""
    return status == "resolved" and to == "processing"


def _moves(status: Status, before: Status | None) -> tuple[Move, ...]:
    if status == "withdrawal_requested" and before is not None:
        return (*_MOVES[status], Move(before, "none"))
    if status == "supplement_requested" and before == "filed":
        return _SUPPLEMENT_AT_RECEPTION
    return _MOVES[status]

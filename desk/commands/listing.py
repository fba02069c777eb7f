"""The commands that work, in the order of the help: a table, so that the help loads neither Typer nor their rooms."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from desk.commands.columns import section
from desk.commands.global_options import ENVIRONMENT, GLOBAL_OPTIONS
from desk.words import N_, _


class Listed(NamedTuple):
    """One command: the room (module) it lives in, and what it does."""

    room: str
    said: str


COMMANDS: Final[Mapping[str, Listed]] = MappingProxyType(
    {
        "demo": Listed("practising", N_("Open practice, where nothing is real; --tour plays the job by itself.")),
        "lesson": Listed("lessons", N_("Lessons of practice: `desk lesson list|run|check|test|new`.")),
        "setup": Listed("setting_up", N_("Make the home of a desk, with the shipped reference data.")),
        "intake": Listed("receiving", N_("Accept a dossier from JSON and make its slip.")),
        "inbox": Listed("receiving", N_("List the dossiers filed online that wait for acceptance.")),
        "correct": Listed("receiving", N_("Correct what was entered; a new slip replaces the old.")),
        "find": Listed("looking", N_("Find dossiers by code, name, number, phone or a scan; the newest first.")),
        "show": Listed("looking", N_("Show one dossier whole, with its history and papers.")),
        "look-up": Listed("looking", N_("Look a dossier of another unit up at the center, with a reason.")),
        "move": Listed("moving", N_("Move a dossier to another status of its life.")),
        "undo": Listed("closing", N_("Reverse your last act of the past five minutes.")),
        "attach": Listed("attaching", N_("Attach scanned papers to a dossier.")),
        "link": Listed("moving", N_("Record the code that another system gave the dossier.")),
        "return": Listed("moving", N_("Hand the result over and make its receipt.")),
        "fee": Listed("fees", N_("Take a fee or void its receipt; `desk fee range` keeps their numbers.")),
        "survey": Listed("moving", N_("Record one form of the satisfaction survey.")),
        "handover": Listed("closing", N_("Hand a batch of dossiers over to a unit, with its list.")),
        "day-close": Listed("closing", N_("Close the day: its dossiers and receipts on a sheet.")),
        "due-list": Listed("pressing", N_("List what is due, late or waiting, by who holds it.")),
        "delay": Listed("pressing", N_("Record why a dossier is late.")),
        "incident": Listed("incidents", N_("List, show and close what two desks did that does not fit together.")),
        "outage": Listed("pressing", N_("Record one fault for every dossier it held up.")),
        "apology": Listed("pressing", N_("Extend a dossier with an apology, once and before it is due.")),
        "due": Listed("reckoning", N_("Reckon a due moment and say why it is this one.")),
        "worktime": Listed("reckoning", N_("Count the working time between two moments.")),
        "calendar": Listed("closing", N_("Change the desk's hours; `desk calendar set FILE`.")),
        "report": Listed("reporting", N_("Count the periodic table, its identities beside it.")),
        "register": Listed("reporting", N_("List the dossiers accepted in a period.")),
        "paper": Listed("papers", N_("Make a paper of a dossier, or one more copy of it.")),
        "print": Listed("papers", N_("List, send and settle the jobs of the print queue.")),
        "verify": Listed("papers", N_("Prove what a paper's scanned text or typed digits say.")),
        "enrol": Listed("syncing", N_("Join a center by its address and a one-time token.")),
        "sync": Listed("syncing", N_("Send what the center lacks; `desk sync status` says where it stands.")),
        "bundle": Listed("syncing", N_("Exchange with the center by a stick: `desk bundle export|import`.")),
        "import": Listed("setting_up", N_("Bring reference data in: all of a file or nothing.")),
        "check": Listed("tending", N_("Say what works at this desk now.")),
        "backup": Listed("backing_up", N_("Make a proved backup, also while the screens run.")),
        "restore": Listed("backing_up", N_("Bring the desk back from a backup, and say what is missing.")),
        "rebuild": Listed("tending", N_("Make everything that follows from the log anew.")),
        "simulate": Listed("tending", N_("Fill a home for tests with invented dossiers.")),
        "center": Listed("center", N_("Run the center that desks send to; --home is its own folder.")),
    }
)


def help_of_all() -> str:
    """Return what `desk --help` shows."""
    return "\n".join(
        [
            _("Usage: {usage}").format(usage="desk [--home DIR] [--lang vi|en] [--json] [COMMAND ...]"),
            "",
            *section(_("Options, before the command:"), [(name, _(said)) for name, said in GLOBAL_OPTIONS]),
            "",
            *section(_("Commands:"), [(name, _(listed.said)) for name, listed in COMMANDS.items()]),
            "",
            *section(_("Environment:"), [(name, _(said)) for name, said in ENVIRONMENT]),
            "",
            _("Exit status: 0 done, 1 refused or failed with the reason on standard error, 2 wrong usage."),
        ]
    )

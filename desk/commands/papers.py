"""`desk paper`, `desk print`, `desk verify`: making papers again, the print queue, proving what a paper says."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desk.commands.at_desk import AtDesk
from desk.commands.help_text import DeskCommand, DeskGroup
from desk.commands.listing import COMMANDS
from desk.commands.voice import Answer
from desk.commands.written import iso, moment, one_of, table
from desk.errors.commands import UsageWrong
from desk.words import N_, _

if TYPE_CHECKING:  # SQLModel: with the home
    from desk.cases.papers import JobLine
    from desk.rules.verdict import Verdict

_JOB = N_("The job's id, as `desk print list` shows it.")


def add_to(app: typer.Typer) -> None:
    """Add the commands of this room."""
    app.command("paper", cls=DeskCommand, help=COMMANDS["paper"].said)(paper)
    queue = typer.Typer(cls=DeskGroup, no_args_is_help=True, rich_markup_mode=None)
    queue.command("list", cls=DeskCommand, help=N_("List the print jobs, the oldest first."))(listed)
    queue.command("send", cls=DeskCommand, help=N_("Hand a job, or every waiting one, to the printer."))(send)
    queue.command("confirm", cls=DeskCommand, help=N_("Say that the paper of a job came out."))(confirm)
    queue.command("again", cls=DeskCommand, help=N_("Let a job wait for the printer once more."))(again)
    queue.command("cancel", cls=DeskCommand, help=N_("Take a job out of the queue; the paper stays."))(cancel)
    app.add_typer(queue, name="print", help=COMMANDS["print"].said)
    app.command("verify", cls=DeskCommand, help=COMMANDS["verify"].said)(verify)


def paper(
    ctx: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help=N_("Such as slip, supplement, refusal, stop, control, result_receipt, joint_slip.")
        ),
    ],
    codes: Annotated[
        list[str],
        typer.Argument(metavar="CODE", help=N_("The dossier's code; joint_slip takes several of one submitter.")),
    ],
    reprint: Annotated[
        bool, typer.Option("--reprint", help=N_("One more copy, marked and counted, where there is one already."))
    ] = False,
) -> Answer:
    """Make a paper."""
    # the kinds are the papers' own list
    from desk.cases.paper_kinds import KINDS

    desk: AtDesk = ctx.obj
    one_of(kind, (*KINDS, "outage", "joint_slip"), "KIND", "paper")
    if len(codes) > 1 and kind != "joint_slip":
        cause = _("A paper of the kind {kind} is about one dossier.").format(kind=kind)
        raise UsageWrong(cause=cause, command="desk paper")
    officer = desk.officer()
    papers = desk.services.papers
    if kind == "outage":
        made = papers.lists.outage_of(codes[0], officer, reprint=reprint)
    elif kind == "joint_slip":
        made = papers.lists.joint_slip(codes, officer, reprint=reprint)
    else:
        made = papers.make(codes[0], kind, officer, reprint=reprint)
    value = {"paper": str(made.path), "copy": made.copy}
    return Answer(value, [_("Paper {copy}: {path}").format(copy=made.copy, path=made.path)])


def listed(ctx: typer.Context) -> Answer:
    """List the jobs."""
    desk: AtDesk = ctx.obj
    return _jobs(desk.services.papers.jobs())


def send(ctx: typer.Context, job: Annotated[str, typer.Argument(metavar="ID", help=_JOB)] = "") -> Answer:
    """Hand jobs to the printer; status 1 where one was not taken."""
    desk: AtDesk = ctx.obj
    papers = desk.services.papers
    done = (papers.send(job),) if job else papers.send_all()
    for line in done:
        if line.trouble is not None:
            desk.voice.warn(line.trouble)
    return _jobs(done, int(any(line.state != "handed" for line in done)))


def confirm(ctx: typer.Context, job: Annotated[str, typer.Argument(metavar="ID", help=_JOB)]) -> Answer:
    """Confirm a job."""
    desk: AtDesk = ctx.obj
    desk.officer()
    return _jobs((desk.services.papers.settle(job, True),))


def again(ctx: typer.Context, job: Annotated[str, typer.Argument(metavar="ID", help=_JOB)]) -> Answer:
    """Queue a job once more."""
    desk: AtDesk = ctx.obj
    desk.officer()
    return _jobs((desk.services.papers.again(job),))


def cancel(ctx: typer.Context, job: Annotated[str, typer.Argument(metavar="ID", help=_JOB)]) -> Answer:
    """Cancel a job."""
    desk: AtDesk = ctx.obj
    desk.officer()
    return _jobs((desk.services.papers.cancel(job),))


def _jobs(jobs: Iterable[JobLine], status: int = 0) -> Answer:
    jobs = list(jobs)
    value = [
        {
            "id": job.id,
            "paper": job.paper,
            "printer": job.printer,
            "state": job.state,
            "attempts": job.attempts,
            "kind": job.kind,
            "code": job.code,
            "error": job.last_error or None,
        }
        for job in jobs
    ]
    heads = ["ID", _("Paper"), _("Code"), _("Printer"), _("State"), _("Attempts"), _("Error")]
    rows = [(job.id, job.kind, job.code, job.printer, job.state, job.attempts, job.last_error) for job in jobs]
    return Answer(value, table(heads, rows), status)


def verify(
    ctx: typer.Context,
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT|FILE", help=N_("The scanned text, the digits, or a PDF or picture."))
    ],
) -> Answer:
    """Prove a text; status 0 where the paper is genuine (or practice, on a practice desk)."""
    desk: AtDesk = ctx.obj
    services = desk.services
    file = _file(text)
    verdict = services.papers.verify(" ".join(text)) if file is None else services.papers.verify_file(file)
    is_good = verdict.word == "genuine" or (verdict.word == "practice" and services.context.practice)
    return Answer(_verdict(verdict), _verdict_lines(verdict), 0 if is_good else 1)


def _file(words: list[str]) -> Path | None:
    """Return the file that the one word names, None where it is a text."""
    try:
        path = Path(words[0])
        return path if len(words) == 1 and path.is_file() else None
    except (OSError, ValueError):  # a text too long, or with signs no name has
        return None


def _verdict(verdict: Verdict) -> dict[str, Any]:
    proof = verdict.proof
    return {
        "verdict": verdict.word,
        "code": verdict.code,
        "why": verdict.why or None,
        "kind": proof.kind if proof else None,
        "copy": proof.copy if proof else None,
        "accepted_at": iso(proof.accepted_at) if proof else None,
        "due_at": iso(proof.due_at) if proof else None,
        "tracking": None if verdict.tracking is None else str(verdict.tracking),
        "unit": verdict.key.unit if verdict.key else None,
        "desk": verdict.key.desk if verdict.key else None,
        "confirmed": verdict.confirmed,
        "replaced_by": verdict.replaced_by,
        "void": verdict.is_void,
        "other_host": verdict.other_host or None,
    }


_SAID = {
    "genuine": N_("Genuine: this paper was issued by a desk whose key is known here."),
    "altered": N_("Altered: the digits are not those of the paper as it was issued."),
    "unknown_key": N_("Not proved: the key of this paper is not known here, or was revoked."),
    "practice": N_("A practice paper, without any worth."),
    "not_ours": N_("This is no paper of ours."),
}


def _verdict_lines(verdict: Verdict) -> list[str]:
    lines = [_(_SAID[verdict.word])]
    if verdict.code:
        lines.append(_("Code: {code}.").format(code=verdict.code))
    if verdict.proof is not None and verdict.key is not None:
        said = _("Accepted {accepted}, due {due}, copy {copy}.")
        accepted, due = moment(verdict.proof.accepted_at), moment(verdict.proof.due_at)
        lines.append(said.format(accepted=accepted, due=due, copy=verdict.proof.copy))
        if not verdict.confirmed:
            lines.append(_("This desk's log does not know the dossier, so it cannot confirm it."))
    if verdict.is_void:
        lines.append(_("This copy was marked void; it no longer holds."))
    if verdict.replaced_by is not None:
        lines.append(_("Replaced by copy {copy}.").format(copy=verdict.replaced_by))
    if verdict.other_host:
        lines.append(_("The address on it is another one: {host}.").format(host=verdict.other_host))
    return lines

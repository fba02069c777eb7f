"""Parts that several papers are put together from."""

from __future__ import annotations

from collections.abc import Sequence

from desk.rules.people.person import Person
from receipts.frame import SMALL_PT, Paper, Signer
from receipts.marks import MM_PT
from receipts.wrapping import Run, wrapped


def opening(paper: Paper, title: Sequence[str], below: Sequence[str] = ()) -> None:
    """Write everything above a paper's own fields: head, code, code for scanners, title, where to look up."""
    paper.head()
    paper.code()
    paper.titled(title, [*below, *paper.tracking_lines()])


def about(paper: Paper, label: str, owner: Person, procedure_name: str, procedure_code: str) -> None:
    """Write whose dossier it is, how he is reached, and what was asked for."""
    paper.field(label, owner.name, "bold")
    paper.reach(owner)
    asked(paper, procedure_name, procedure_code)


def asked(paper: Paper, procedure_name: str, procedure_code: str) -> None:
    """Write what was asked for, with the procedure's code where there is one."""
    code = f" (mã thủ tục {procedure_code})" if procedure_code else ""
    paper.flow.text(
        [Run("Nội dung yêu cầu giải quyết: "), Run(procedure_name, "bold"), Run(code)],
        hang_mm=4,
    )


def ask_at(paper: Paper, contact: str, sentence: str) -> None:
    """Write the sentence that says where to ask, `{contact}` filled in; nothing where nobody is named."""
    who = contact or paper.content.lookup
    if who:
        paper.flow.text(sentence.format(contact=who))


def recipients(paper: Paper, names: Sequence[str], signer: Signer) -> None:
    """Write at the left to whom a letter goes (Nghị định 30/2020/NĐ-CP, phụ lục I), at the right its signer."""
    flow = paper.flow
    right_mm = flow.left_mm + (flow.right_mm - flow.left_mm) / 2 - 2
    width_pt = (right_mm - flow.left_mm) * MM_PT
    ends = [f"- {name}." if name == names[-1] else f"- {name};" for name in names]
    lines = [line for end in ends for line in wrapped(end, width_pt, flow.face, flow.size_pt(SMALL_PT))]
    height_mm = (len(lines) + 1) * flow.line_mm(SMALL_PT) + 1
    y_mm = paper.signatures(Signer("", "", ""), signer, beside_mm=height_mm)
    heading = [Run("Nơi nhận:", "bold_italic")]
    for line in [heading, *lines]:
        flow.line(line, flow.left_mm, right_mm, y_mm, SMALL_PT)
        y_mm += flow.line_mm(SMALL_PT)
    flow.y_mm = max(flow.y_mm, y_mm)

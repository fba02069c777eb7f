"""Every form with the invented content it is tried with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from receipts import (
    apology_letter,
    badge,
    control_slip,
    day_close,
    fee_receipt,
    handover,
    head_check,
    joint_slip,
    lost_slip,
    outage_record,
    periodic_report,
    refusal_slip,
    register,
    result_receipt,
    slip,
    stop_notice,
    supplement_slip,
)
from receipts.content import PaperContent
from receipts.marks import Document
from tests.receipts.list_samples import (
    BADGE,
    DAY_CLOSE,
    HANDOVER,
    HEAD_CHECK,
    JOINT_SLIP,
    LOST_SLIP,
    OUTAGE,
    REGISTER,
    REPORT,
    RESULTS,
)
from tests.receipts.samples import (
    APOLOGY,
    CONTROL,
    FEES,
    REFUSAL,
    RESULT_RECEIPT,
    SLIP,
    STOP,
    SUPPLEMENT,
)


class Form(NamedTuple):
    """A form: how it is laid out, how it is drawn, and a content."""

    lay_out: Callable[[Any], Document]
    render: Callable[[Any], bytes]
    content: PaperContent


FORMS: dict[str, Form] = {
    "slip": Form(slip.lay_out, slip.render, SLIP),
    "result_receipt": Form(result_receipt.lay_out, result_receipt.render, RESULT_RECEIPT),
    "supplement": Form(supplement_slip.lay_out, supplement_slip.render, SUPPLEMENT),
    "refusal": Form(refusal_slip.lay_out, refusal_slip.render, REFUSAL),
    "apology": Form(apology_letter.lay_out, apology_letter.render, APOLOGY),
    "stop": Form(stop_notice.lay_out, stop_notice.render, STOP),
    "control": Form(control_slip.lay_out, control_slip.render, CONTROL),
    "fee_receipt": Form(fee_receipt.lay_out, fee_receipt.render, FEES),
    "joint_slip": Form(joint_slip.lay_out, joint_slip.render, JOINT_SLIP),
    "register": Form(register.lay_out, register.render, REGISTER),
    "handover": Form(handover.lay_out, handover.render, HANDOVER),
    "results": Form(handover.lay_out_results, handover.render_results, RESULTS),
    "lost_slip": Form(lost_slip.lay_out, lost_slip.render, LOST_SLIP),
    "outage": Form(outage_record.lay_out, outage_record.render, OUTAGE),
    "day_close": Form(day_close.lay_out, day_close.render, DAY_CLOSE),
    "report": Form(periodic_report.lay_out, periodic_report.render, REPORT),
    "badge": Form(badge.lay_out, badge.render, BADGE),
    "head_check": Form(head_check.lay_out, head_check.render, HEAD_CHECK),
}
INTERNAL = ("control", "register", "handover", "results", "lost_slip", "outage", "day_close", "report")
"""Papers that stay in the office: they prove nothing and have no code (decisions on the proof)."""

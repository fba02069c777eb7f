"""The slip in short form, as passages without a place: thermal paper and plain text are made from the same ones.

Left out beside the full form: numbers, telephones and addresses of people, the signatures, the legal source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from receipts.content import DocumentLine, SlipContent
from receipts.frame import notices
from receipts.wording import CHANNELS, grouped_digits, long_office_day, moment
from receipts.wrapping import Run

Size = Literal["small", "body", "large"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph."""

    runs: tuple[Run, ...]
    size: Size = "body"
    is_centred: bool = False

    @property
    def text(self) -> str:
        """Its words without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class WideLine:
    """A line that takes the whole width: the dossier's code."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A solid black bar from side to side: a dead dot of the head shows as a white line."""


@dataclass(frozen=True, slots=True)
class Square:
    """The code for scanners."""

    text: str


Part = Passage | WideLine | Rule | Bar | Square


def slip_parts(content: SlipContent) -> list[Part]:
    """Return the slip in short form, from top to bottom."""
    parts: list[Part] = [_centred(notice, "bold") for notice in notices(content)]
    if content.superior:
        parts.append(_centred(content.superior, size="small"))
    parts += [
        _centred(content.unit, "bold"),
        Rule(),
        _centred("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "bold"),
        WideLine(content.code),
    ]
    if content.check_digits:
        parts.append(Passage((Run("Số kiểm tra "), Run(content.check_digits, "bold")), "large", True))
    if content.qr_text:
        parts.append(Square(content.qr_text))
    if content.short_digits:
        parts.append(_centred(f"Mã tra cứu: {grouped_digits(content.short_digits)}", size="small"))
    if content.lookup:
        parts.append(_centred(f"Tra cứu: {content.lookup}", size="small"))
    parts.append(Rule())
    parts += _about(content)
    parts.append(Rule())
    parts += _documents(content)
    parts += _end(content)
    return parts


def _about(content: SlipContent) -> list[Part]:
    how = ", ".join(part for part in (content.capacity, CHANNELS[content.channel]) if part)
    code = f" ({content.procedure_code})" if content.procedure_code else ""
    parts: list[Part] = [
        Passage((Run("Người nộp: "), Run(content.submitter.name, "bold"), Run(f" ({how})"))),
        *([_field("Chủ hồ sơ", content.owner.name, "bold")] if content.owner is not None else []),
        Passage((Run("Nội dung: "), Run(content.procedure_name, "bold"), Run(code))),
        *([_field("Trích yếu", content.summary)] if content.summary else []),
        *([_field("Mã ở hệ thống khác", "; ".join(content.other_codes))] if content.other_codes else []),
        _field("Thời gian giải quyết", content.term),
        _field("Nhận hồ sơ", moment(content.accepted_at)),
        Passage((Run("Hẹn trả kết quả:", "bold"),)),
        Passage((Run(moment(content.due_at), "bold"),), "large"),
        _field("Nhận kết quả tại", content.return_place),
    ]
    for label, value in (
        ("Số chứng thực", content.book_number),
        ("Cơ quan giải quyết", content.competent_unit),
        ("Phí, lệ phí", content.fee),
        ("Ghi chú", content.note),
    ):
        if value:
            parts.append(_field(label, value))
    return parts


def _documents(content: SlipContent) -> list[Part]:
    parts: list[Part] = []
    for at, one in enumerate(content.certified, start=1):
        electronic = f", {one.electronic_copies} bản ký số" if one.electronic_copies else ""
        parts.append(_plain(f"{at}. {one.name}: {one.pages} trang, {one.copies} bản{electronic}"))
    if not content.certified:
        parts += [_plain(f"{at}. {_counted(line)}") for at, line in enumerate(content.documents, start=1)]
    if not parts:
        return [_plain("Không có giấy tờ kèm theo.")]
    return [Passage((Run(f"Giấy tờ đã nhận ({content.set_count:02d} bộ):", "bold"),)), *parts]


def _counted(line: DocumentLine) -> str:
    counts = (
        (line.original, "chính"),
        (line.certified_copy, "chứng thực"),
        (line.copy, "chụp"),
        (line.electronic_copy, "điện tử"),
    )
    said = ", ".join(f"{count} {name}" for count, name in counts if count)
    note = f"; {line.note}" if line.note else ""
    return f"{line.name} ({said}{note})" if said else f"{line.name}{note}"


def _end(content: SlipContent) -> list[Part]:
    return [
        Rule(),
        _field("Người tiếp nhận", content.officer, "bold"),
        _plain(f"{content.place}, {long_office_day(content.made_at)}"),
        Passage((Run("Kết quả có thể có sớm hơn. Khi đến nhận, mang theo giấy này và giấy tờ tùy thân."),), "small"),
    ]


def _centred(text: str, style: Literal["regular", "bold"] = "regular", size: Size = "body") -> Passage:
    return Passage((Run(text, style),), size, True)


def _field(label: str, value: str, style: Literal["regular", "bold"] = "regular") -> Passage:
    return Passage((Run(f"{label}: "), Run(value, style)))


def _plain(text: str) -> Passage:
    return Passage((Run(text),))

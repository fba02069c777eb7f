"""`python -m tests.forms`: draws every form from invented data into docs/forms, with a page that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from receipts.thermal.slip import slip_picture
from tests.receipts.forms import FORMS
from tests.receipts.looking import pictures
from tests.receipts.samples import SLIP

FOLDER = Path(__file__).parents[1] / "docs" / "forms"
DPI = 110
_GREYS = 16
_BORDER = 120

_SAID = {
    "slip": ("Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "Mẫu 01", "every acceptance, by the procedure's slip policy"),
    "joint_slip": ("The same for several dossiers of one submitter", "Mẫu 01", "on request"),
    "supplement": ("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "Mẫu 02", "a supplement request"),
    "refusal": ("Phiếu từ chối tiếp nhận giải quyết hồ sơ", "Mẫu 03", "a refusal"),
    "apology": ("Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết", "Mẫu 04", "an apology with a new date"),
    "stop": ("Thông báo dừng giải quyết hồ sơ", "Mẫu 05 (2025)", "a stop"),
    "control": ("Phiếu kiểm soát quá trình giải quyết hồ sơ", "Mẫu 05 (2018), Mẫu 06 (2025)", "on request"),
    "register": ("Sổ theo dõi hồ sơ", "Mẫu 06 (2018), Mẫu 07 (2025)", "on request, any period and unit"),
    "handover": ("Giấy bàn giao hồ sơ", "–", "a batch handed to a department"),
    "results": ("Phiếu bàn giao kết quả", "–", "results taken back from a department"),
    "result_receipt": ("Giấy biên nhận trả kết quả", "–", "a return"),
    "fee_receipt": ("Biên lai thu phí, lệ phí", "finance form", "money taken"),
    "lost_slip": ("Giấy cam đoan mất giấy hẹn", "–", "a return without the slip"),
    "outage": ("Biên bản ghi nhận sự cố", "–", "a recorded outage"),
    "day_close": ("Bảng chốt ngày", "–", "the end of a day"),
    "report": ("Tình hình, kết quả giải quyết thủ tục hành chính", "II.06a", "on request, any period and unit"),
    "badge": ("Thẻ cán bộ", "–", "an officer's badge, made or replaced"),
    "head_check": ("Trang kiểm tra máy in", "–", "the printer's set-up"),
}
_OLDER = ("slip", "apology", "register")
"""The forms whose picture of 2018 is another one."""


class Drawn(NamedTuple):
    """One picture of docs/forms."""

    name: str
    kind: str
    said: str
    draw: Callable[[], Image.Image]


def all_forms() -> Iterator[Drawn]:
    """Yield every picture, in the order of the page."""
    for kind in _SAID:
        form = FORMS[kind]
        yield Drawn(f"{kind}.png", kind, "set of 2025", _first_page(form.render, form.content))
        if kind in _OLDER:
            older: Any = replace(form.content, form_set="2018")
            yield Drawn(f"{kind}-2018.png", kind, "set of 2018", _first_page(form.render, older))
    for width in (80, 58):
        yield Drawn(f"slip-{width}mm.png", "slip", f"thermal paper of {width} mm", _thermal(width))


def _first_page(render: Callable[[Any], bytes], content: Any) -> Callable[[], Image.Image]:
    return lambda: _fewer_greys(_on_grey(pictures(render(content), DPI)[0]))


def _thermal(width: Any) -> Callable[[], Image.Image]:
    return lambda: _on_grey(slip_picture(SLIP, width).convert("L"))


def _on_grey(picture: Image.Image) -> Image.Image:
    """Return the paper with a thin edge, so that it shows on a white page."""
    framed = Image.new("L", (picture.width + 2, picture.height + 2), _BORDER)
    framed.paste(picture, (1, 1))
    return framed


def _fewer_greys(picture: Image.Image) -> Image.Image:
    step = 255 / (_GREYS - 1)
    return picture.point(lambda level: round(round(level / step) * step))


def page() -> str:
    """Return the page that lists the forms."""
    lines = [
        "# The forms",
        "",
        "Drawn by `python -m tests.forms` from invented data: nobody on them exists. A test draws them again and",
        "compares. Forms for the citizen carry the signed code; those that stay in the office carry none.",
        "",
        "| form | number | made by |",
        "|---|---|---|",
        *(f"| [{said}](#{kind}) | {number} | {when} |" for kind, (said, number, when) in _SAID.items()),
        "",
    ]
    for kind, (said, _number, _when) in _SAID.items():
        lines += [f'<a id="{kind}"></a>', "", f"## {said}", ""]
        lines += [
            part
            for one in all_forms()
            if one.kind == kind
            for part in (f"{one.said}:", "", f"![{said}]({one.name})", "")
        ]
    return "\n".join(lines)


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for one in all_forms():
        one.draw().save(FOLDER / one.name, optimize=True)
    (FOLDER / "README.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

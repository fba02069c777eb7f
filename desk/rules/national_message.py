"""A dossier in the fields of the national portal's message, and a filed one read back from them (domain, 4.5).

Every field of the message is there in every message, "" or [] where this desk does not know it, so that a
reader never has to guess. Times are strings `yyyyMMddHHmmss` of the office's clock. KenhThucHien: 1 counter,
2 online, 3 public post. LoaiDoiTuong: 0 citizen, 1 enterprise, 2 household business. TrangThaiHoSo: the
national status, 1 to 10; 0 is never sent. The codes of LoaiDinhDanh, HinhThucThu and TrangThaiBoSung were
found in no public source: they are said in words, for an adapter to put its own in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

from desk.clock import from_ms, office_time
from desk.rules.dossier import Channel, Status
from desk.rules.lifecycle import number_of
from desk.rules.people.person import OwnerKind

CHANNELS: Mapping[Channel, str] = MappingProxyType({"counter": "1", "online": "2", "post": "3"})
OWNERS: Mapping[OwnerKind, str] = MappingProxyType(
    {"individual": "0", "enterprise": "1", "household_business": "2", "organisation": "1"}
)
"""An organisation has no number of its own in the message and goes as an enterprise."""

_CHANNEL_OF: Mapping[str, Channel] = MappingProxyType({number: channel for channel, number in CHANNELS.items()})
_OWNER_OF: Mapping[str, OwnerKind] = MappingProxyType({"0": "individual", "1": "enterprise", "2": "household_business"})
_TIME = "%Y%m%d%H%M%S"
_OFFICE = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Named:
    """How the message names what the dossier holds as codes."""

    procedure: str = ""
    sector_code: str = ""
    field: str = ""
    result: str = ""
    result_code: str = ""
    unit: str = ""
    """The unit that received it."""
    holder: str = ""
    """The unit or body that works on it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a dossier's way, for the message's progress entries."""

    at: datetime
    status: Status
    officer: str = ""
    role: str = ""
    unit: str = ""
    until_at: datetime | None = None
    """The due moment then."""


def message(row: Mapping[str, Any], named: Named, steps: Iterable[Step] = ()) -> dict[str, Any]:
    """Return the message of a dossier; row: the columns of its projection by name (storage/tables/projected.py)."""
    owner = (row["people"] or {}).get("owner") or {}
    number = owner.get("personal_id") or owner.get("tax_code") or ""
    waits = [wait for wait in row["waits"] or [] if wait["kind"] == "supplement"]
    return {
        "MaHoSo": row["code"] or "",
        "MaHoSoKhac": ";".join(other["code"] for other in row["other_codes"] or []),
        "MaTTHC": row["procedure"],
        "TenTTHC": named.procedure,
        "MaLinhVuc": named.sector_code,
        "TenLinhVuc": named.field,
        "KenhThucHien": CHANNELS.get(row["channel"], ""),
        "ChuHoSo": owner.get("name", ""),
        "SoGiayToChuHoSo": number,
        "LoaiDoiTuong": OWNERS.get(owner.get("kind", "individual"), ""),
        "MaDoiTuong": "",
        "DinhDanhCHS": {"LoaiDinhDanh": _kind_of_number(owner), "SoDinhDanh": number},
        "Email": owner.get("email", ""),
        "Fax": "",
        "SoDienThoai": owner.get("phone", ""),
        "TrichYeuHoSo": row["summary"] or named.procedure,
        "NgayNopHoSo": _time(row["filed_at"] or row["accepted_at"]),
        "NgayTiepNhan": _time(row["accepted_at"]),
        "NgayHenTra": _time(row["due_at"]),
        "NgayTra": _time(row["returned_at"]),
        "NgayKetThucXuLy": _time(row["resolved_at"] or row["stopped_at"]),
        "NgayTuChoi": _time(row["refused_at"]),
        "NgayYeuCauBoSung": _time(from_ms(waits[-1]["from"])) if waits else "",
        "TrangThaiHoSo": str(number_of(row["status"])),
        "ThongTinTra": "",
        "HinhThuc": "",
        "DonViXuLy": named.holder,
        "NoiNopHoSo": named.unit,
        "GhiChu": "",  # the desk's own note is for its officers
        "HoSoCoThanhPhanSoHoa": _flag(any(one.get("electronic_copy") for one in row["documents"] or [])),
        "TaiKhoanDuocXacThucVoiVNeID": "",
        "DuocThanhToanTrucTuyen": "",
        "DSKetNoiCSDL": [],
        "TaiLieuNop": [_document(one) for one in row["documents"] or []],
        "DanhSachLePhi": [part for fee in row["fees"] or [] if not fee.get("voided") for part in _fees(fee)],
        "DanhSachHoSoBoSung": [_supplement(wait) for wait in waits],
        "DanhSachGiayToKetQua": _results(row["status"], named),
        "TienTrinhXuLy": [_step(step) for step in steps],
    }


def intake_value(filed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the JSON of an intake (commands, "Input") that a message of the portal says of a dossier filed online.

    What does not fit is handed on as it stands: the intake's own checks name it. Fields not needed are left.
    """
    owner: dict[str, Any] = {"name": filed.get("ChuHoSo"), "kind": _OWNER_OF.get(str(filed.get("LoaiDoiTuong", "0")))}
    identity = filed.get("DinhDanhCHS")
    number = (identity.get("SoDinhDanh") if isinstance(identity, Mapping) else "") or filed.get("SoGiayToChuHoSo")
    owner["personal_id" if owner["kind"] == "individual" else "tax_code"] = number or None
    owner.update({"phone": filed.get("SoDienThoai") or None, "email": filed.get("Email") or None})
    return {
        "code": filed.get("MaHoSo"),
        "procedure": filed.get("MaTTHC"),
        "channel": _CHANNEL_OF.get(str(filed.get("KenhThucHien", "2")), filed.get("KenhThucHien")),
        "filed_at": _instant(filed.get("NgayNopHoSo")),
        "summary": filed.get("TrichYeuHoSo") or None,
        "owner": {key: value for key, value in owner.items() if value is not None},
    }


def is_message(value: Mapping[str, Any]) -> bool:
    """Return whether a JSON object is one of the portal's messages."""
    return "MaHoSo" in value


def _kind_of_number(owner: Mapping[str, Any]) -> str:
    if owner.get("personal_id"):
        return "Số định danh cá nhân" if len(owner["personal_id"]) == 12 else "Giấy tờ khác"
    return "Mã số thuế" if owner.get("tax_code") else ""


def _document(one: Mapping[str, Any]) -> dict[str, str]:
    return {
        "TenTepDinhKem": "",
        "MaThanhPhanHoSo": str(one["seq"]),
        "DuongDanTaiTepTin": "",
        "DuocSoHoa": _flag(one.get("electronic_copy")),
        "DuocTaiSuDung": "0",
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def _fees(fee: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return fee and charge apart, amounts in whole đồng."""
    how = "Trực tuyến" if fee.get("form") == "online" else "Trực tiếp"
    parts = (("Phí", fee.get("fee_dong")), ("Lệ phí", fee.get("charge_dong")))
    return [
        {"TenPhiLePhi": kind, "MaPhiLePhi": "", "HinhThucThu": how, "Gia": str(dong), "LoaiPhiLePhi": kind}
        for kind, dong in parts
        if dong
    ]


def _supplement(wait: Mapping[str, Any]) -> dict[str, str]:
    until = wait["to"]
    return {
        "NguoiYeuCauBoSung": "",
        "NoiDungBoSung": "",
        "NgayBoSung": _time(from_ms(wait["from"])),
        "NguoiTiepNhanBoSung": "",
        "NgayTiepNhanBoSung": "" if until is None else _time(from_ms(until)),
        "TrangThaiBoSung": "Chờ bổ sung" if until is None else "Đã bổ sung",
        "NgayHenTraTruoc": _time(from_ms(wait["due_before"])) if wait.get("due_before") else "",
        "NgayHenTraMoi": "",
    }


def _results(status: Status, named: Named) -> list[dict[str, str]]:
    if status not in ("resolved", "returned") or not named.result:
        return []
    return [{"TenGiayTo": named.result, "MaGiayToKetQua": named.result_code, "DuongDanTepTinKetQua": ""}]


def _step(step: Step) -> dict[str, str]:
    return {
        "NguoiXuLy": step.officer,
        "ChucDanh": step.role,
        "ThoiDiemXuLy": _time(step.at),
        "PhongBanXuLy": step.unit,
        "NoiDungXuLy": "",
        "TrangThai": str(number_of(step.status)),
        "NgayBatDau": _time(step.at),
        "NgayKetThucTheoQuyDinh": _time(step.until_at),
    }


def _flag(value: object) -> str:
    return "1" if value else "0"


def _time(instant: datetime | None) -> str:
    return "" if instant is None else office_time(instant).strftime(_TIME)


def _instant(text: object) -> object:
    """Return an ISO instant for a time of the message; anything else as it is."""
    if not isinstance(text, str) or len(text) != 14 or not text.isdigit():
        return text
    try:
        return datetime.strptime(text, _TIME).replace(tzinfo=_OFFICE).isoformat()
    except ValueError:
        return text

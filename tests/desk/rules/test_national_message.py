"""The national message has every field of the portal, in its forms, and a filed one is read back as it was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from desk.clock import to_ms
from desk.rules.lifecycle import STATUSES, number_of
from desk.rules.national_message import Named, Step, intake_value, is_message, message

AT = datetime(2026, 10, 5, 1, 30, tzinfo=UTC)
NAMED = Named("Đăng ký khai sinh", "G15", "Hộ tịch", "Giấy khai sinh", "KQ.G15.000031", "Móng Cái 2", "Công an xã")
FIELDS = """MaHoSo MaHoSoKhac MaTTHC TenTTHC MaLinhVuc TenLinhVuc KenhThucHien ChuHoSo SoGiayToChuHoSo LoaiDoiTuong
MaDoiTuong DinhDanhCHS Email Fax SoDienThoai TrichYeuHoSo NgayNopHoSo NgayTiepNhan NgayHenTra NgayTra NgayKetThucXuLy
NgayTuChoi NgayYeuCauBoSung TrangThaiHoSo ThongTinTra HinhThuc DonViXuLy NoiNopHoSo GhiChu HoSoCoThanhPhanSoHoa
TaiKhoanDuocXacThucVoiVNeID DuocThanhToanTrucTuyen DSKetNoiCSDL TaiLieuNop DanhSachLePhi DanhSachHoSoBoSung
DanhSachGiayToKetQua TienTrinhXuLy""".split()
"""The fields of domain 4.5 in its order, and the progress entries."""


def row(**changed: Any) -> dict[str, Any]:
    """Return the columns of an invented dossier with `changed`."""
    empty = dict.fromkeys(
        "filed_at due_at returned_at resolved_at stopped_at refused_at documents fees waits other_codes".split()
    )
    owner = {"name": "Nguyễn Thị Lan", "kind": "individual", "personal_id": "022190000001", "phone": "0912345678"}
    known = {"code": "H49.35-261005-0001", "procedure": "1.001193", "channel": "counter", "status": "accepted"}
    return {**empty, **known, "people": {"owner": owner}, "summary": "", "accepted_at": AT, **changed}


def test_every_field_of_the_portal_is_there_in_its_order() -> None:
    assert list(message(row(), NAMED)) == FIELDS


def test_times_are_the_offices_and_codes_are_the_portals() -> None:
    said = message(row(due_at=datetime(2026, 12, 31, 18, 0, tzinfo=UTC), channel="post"), NAMED)
    assert (said["NgayTiepNhan"], said["NgayNopHoSo"]) == ("20261005083000", "20261005083000")
    assert said["NgayHenTra"] == "20270101010000"
    assert (said["KenhThucHien"], said["TrangThaiHoSo"], said["LoaiDoiTuong"]) == ("3", "2", "0")
    assert said["DinhDanhCHS"] == {"LoaiDinhDanh": "Số định danh cá nhân", "SoDinhDanh": "022190000001"}
    assert (said["NgayTra"], said["GhiChu"]) == ("", "")


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_has_its_number_and_none_is_0(status: str) -> None:
    said = message(row(status=status), NAMED)
    assert said["TrangThaiHoSo"] == str(number_of(status))  # type: ignore[arg-type]
    assert said["TrangThaiHoSo"] != "0"
    assert bool(said["DanhSachGiayToKetQua"]) == (status in ("resolved", "returned"))


def test_fees_supplements_documents_and_steps_are_listed() -> None:
    until = to_ms(AT.replace(hour=5, minute=0))
    said = message(
        row(
            fees=[
                {"fee_dong": 8000, "charge_dong": 5000, "form": "online"},
                {"fee_dong": 1, "voided": True},
                {"fee_dong": 0, "charge_dong": None},
            ],
            waits=[
                {"kind": "payment", "from": 0, "to": None},
                {"kind": "supplement", "from": to_ms(AT), "to": until, "due_before": to_ms(AT)},
                {"kind": "supplement", "from": until, "to": None},
            ],
            documents=[{"seq": 1, "original": 1}, {"seq": 2, "electronic_copy": 1}],
            other_codes=[{"system": "hotich", "code": "HT-1"}, {"system": "x", "code": "2"}],
        ),
        NAMED,
        [Step(AT, "accepted", "Cán bộ 1", "lead", "06709", AT)],
    )
    assert [(fee["Gia"], fee["LoaiPhiLePhi"], fee["HinhThucThu"]) for fee in said["DanhSachLePhi"]] == [
        ("8000", "Phí", "Trực tuyến"),
        ("5000", "Lệ phí", "Trực tuyến"),
    ]
    assert [one["NgayTiepNhanBoSung"] for one in said["DanhSachHoSoBoSung"]] == ["20261005120000", ""]
    assert said["NgayYeuCauBoSung"] == "20261005120000"
    assert [one["DuocSoHoa"] for one in said["TaiLieuNop"]] == ["0", "1"]
    assert said["HoSoCoThanhPhanSoHoa"] == "1"
    assert said["MaHoSoKhac"] == "HT-1;2"
    assert said["TienTrinhXuLy"][0] == {
        "NguoiXuLy": "Cán bộ 1",
        "ChucDanh": "lead",
        "ThoiDiemXuLy": "20261005083000",
        "PhongBanXuLy": "06709",
        "NoiDungXuLy": "",
        "TrangThai": "2",
        "NgayBatDau": "20261005083000",
        "NgayKetThucTheoQuyDinh": "20261005083000",
    }


def test_a_message_read_back_is_the_intake_it_was() -> None:
    value = intake_value(message(row(channel="online", filed_at=AT, summary="Khai sinh"), NAMED))
    assert value == {
        "code": "H49.35-261005-0001",
        "procedure": "1.001193",
        "channel": "online",
        "filed_at": "2026-10-05T08:30:00+07:00",
        "summary": "Khai sinh",
        "owner": {
            "name": "Nguyễn Thị Lan",
            "kind": "individual",
            "personal_id": "022190000001",
            "phone": "0912345678",
        },
    }


def test_an_enterprise_is_known_by_its_tax_code() -> None:
    owner = {"name": "Công ty Hạ Long", "kind": "enterprise", "tax_code": "5700100256"}
    said = message(row(people={"owner": owner}), NAMED)
    assert said["LoaiDoiTuong"] == "1"
    assert intake_value(said)["owner"] == owner


@pytest.mark.parametrize("time", ["20261399000000", "hôm qua", 20261005083000, None, "2026100508300"])
def test_what_is_no_time_is_handed_on_for_the_intake_to_name(time: object) -> None:
    assert intake_value({"MaHoSo": "1", "NgayNopHoSo": time})["filed_at"] == time


def test_a_message_is_known_by_its_code() -> None:
    assert is_message({"MaHoSo": "x"})
    assert not is_message({"code": "x"})

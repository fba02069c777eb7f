"""The papers of moves: each says what its event said, is owed until it is made, and proves itself."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk.cases.form_input import form_of
from desk.cases.moves import AskedDocument
from desk.clock import to_ms
from desk.errors.acts import NotReturnable
from desk.errors.papers import PaperKindUnknown, PaperNotDue
from desk.rules.people.person import Person
from receipts import wording
from tests.desk.cases.conftest import Office
from tests.homes import birth
from tests.receipts.looking import printed, read_code, text_of


def accepted(office: Office, number: int = 1) -> str:
    return office.services.intake.accept(form_of(birth(number)), office.officer).dossier


def filed(office: Office) -> str:
    text = '{"code": "000.00.35.H49-261124-000123", "filed_at": "2026-11-24T09:00:00+07:00", "procedure": "1.001193",'
    text += '"owner": {"name": "Trần Văn Nam", "personal_id": "022090000077", "address": "Hải Hoà"}}'
    return office.services.inbox.take(text, office.officer)[0].dossier


def said_by(path: Path) -> str:
    return text_of(path.read_bytes()).replace("\u00a0", " ")


def verdict_of(office: Office, path: Path) -> Any:
    return office.services.papers.verify(read_code(printed(path.read_bytes())[0]))


def happened(office: Office, kind: str, dossier: str, body: dict[str, Any], private: dict[str, Any]) -> str:
    with office.services.context.log.act(office.officer.id) as act:
        return act.append(kind, body, private, dossier).head.id


def test_a_supplement_request_says_what_is_asked_for_and_why(office: Office) -> None:
    dossier = accepted(office)
    asked = (
        AskedDocument(seq=2, original=1, note="bản nộp trước  mờ"),
        AskedDocument(name="Giấy xác nhận nơi cư trú", certified_copy=1),
    )
    office.services.moves.move(
        dossier, "supplement_requested", office.officer, reason="Giấy tờ chưa đủ căn cứ", asked=asked
    )
    made = office.services.papers.make(dossier, "supplement", office.officer)
    text = said_by(made.path)
    assert "bản nộp trước mờ" in text
    assert "2 Giấy xác nhận nơi cư trú 1" in text
    assert "Lý do: Giấy tờ chưa đủ căn cứ" in text
    assert "Thời gian chờ bổ sung không tính vào thời gian giải quyết" in text
    verdict = verdict_of(office, made.path)
    assert (verdict.word, verdict.proof.kind, verdict.confirmed) == ("genuine", "supplement", True)


def test_a_second_supplement_request_has_an_original_of_its_own_and_replaces_none(office: Office) -> None:
    dossier = accepted(office)
    papers, moves = office.services.papers, office.services.moves
    moves.move(dossier, "supplement_requested", office.officer, reason="lần một")
    first = papers.make(dossier, "supplement", office.officer)
    moves.move(dossier, "processing", office.officer)
    moves.move(dossier, "supplement_requested", office.officer, reason="lần hai")
    second = papers.make(dossier, "supplement", office.officer)
    again = papers.make(dossier, "supplement", office.officer, reprint=True)
    assert (first.copy, second.copy, again.copy) == (1, 2, 3)
    assert "BẢN IN LẠI" not in said_by(second.path)
    assert "lần hai" in said_by(second.path)
    assert "BẢN IN LẠI LẦN 1 – 08 giờ 30, 25/11/2026, Cán bộ 1" in said_by(again.path)
    assert verdict_of(office, first.path).replaced_by is None
    assert verdict_of(office, second.path).replaced_by == 3
    assert papers.make(dossier, "supplement", office.officer).id == second.id


def test_a_refusal_of_a_dossier_filed_online_needs_no_acceptance(office: Office) -> None:
    dossier = filed(office)
    office.services.moves.move(dossier, "refused", office.officer, reason="Đã đăng ký khai sinh tại nơi khác")
    made = office.services.papers.make(dossier, "refusal", office.officer)
    text = said_by(made.path)
    assert "Mã hồ sơ: 000.00.35.H49-261124-000123" in text
    assert "Đã đăng ký khai sinh tại nơi khác" in text
    assert "Trần Văn Nam" in text


def test_a_stop_on_request_names_who_asked_and_when(office: Office) -> None:
    dossier = accepted(office)
    office.services.moves.move(dossier, "withdrawal_requested", office.officer, note="đổi ý")
    office.at("2026-11-25T14:00:00+07:00")
    office.services.moves.move(dossier, "stopped", office.officer)
    text = said_by(office.services.papers.make(dossier, "stop", office.officer).path)
    assert "đề nghị dừng: Ông/Bà Nguyễn Thị Lan (chủ hồ sơ)" in text
    assert "Thời gian đề nghị: 08 giờ 30 phút, ngày 25 tháng 11 năm 2026" in text
    assert "người nộp hồ sơ đề nghị rút hồ sơ" in text
    assert "Giấy tờ trả lại cho người nộp gồm:" in text


def test_a_stop_for_a_reason_names_the_body_that_found_it(office: Office) -> None:
    dossier = accepted(office)
    office.services.moves.move(dossier, "stopped", office.officer, reason="Có tranh chấp")
    text = said_by(office.services.papers.make(dossier, "stop", office.officer).path)
    assert "Có tranh chấp" in text
    assert "Trung tâm Phục vụ hành chính công" in text
    assert "Ông/Bà Nguyễn" not in text


def test_an_apology_names_the_old_and_the_new_due_moment_and_proves_the_new_one(office: Office) -> None:
    saved = office.services.intake.accept(form_of(birth()), office.officer)
    new_due = datetime.fromisoformat("2026-12-02T17:00:00+07:00")
    office.at("2026-11-26T08:00:00+07:00")
    body = {"due_at": to_ms(new_due), "cause": "network_outage", "papers": ["apology"]}
    happened(office, "dossier.apologised", saved.dossier, body, {"evidence": "phiếu báo hỏng số 18"})
    (made,) = office.services.papers.catch_up()[1:]
    assert made.kind == "apology"
    text = said_by(made.path)
    assert f"hẹn trả kết quả giải quyết hồ sơ: {wording.moment(saved.due.due_at)}" in text
    assert "17 giờ 00 phút, ngày 02 tháng 12 năm 2026" in text
    assert "phiếu báo hỏng số 18" in text
    assert verdict_of(office, made.path).proof.due_at == new_due


def test_a_fee_receipt_tells_its_number_and_its_sums_apart(office: Office) -> None:
    dossier = accepted(office)
    body = {"fee_dong": 21000, "charge_dong": 8000, "form": "transfer", "papers": ["fee_receipt"]}
    body |= {"receipt": "0000123", "receipt_form": "01BLP3-001", "series": "AA-26T"}
    first = happened(office, "fee.taken", dossier, body, {})
    happened(office, "fee.taken", dossier, {**body, "receipt": "0000124"}, {})
    made = {one.path.name: said_by(one.path) for one in office.services.papers.catch_up() if one.kind == "fee_receipt"}
    assert len(made) == 2
    text = next(text for text in made.values() if "0000123" in text)
    assert "Tổng số tiền: 29.000 đồng" in text
    assert "Cộng phí 21.000" in text
    assert "Hình thức thanh toán: Chuyển khoản" in text
    original = office.services.papers.make(dossier, "fee_receipt", office.officer, event=first)
    assert verdict_of(office, original.path).replaced_by is None
    happened(office, "fee.voided", dossier, {"fee": first}, {})
    with pytest.raises(PaperNotDue):
        office.services.papers.make(dossier, "fee_receipt", office.officer, event=first)


def test_the_control_slip_shows_every_hand_over_so_far(office: Office) -> None:
    dossier = accepted(office)
    office.at("2026-11-25T09:15:00+07:00")
    office.services.handing_over.give([dossier], "06712", office.officer, note="giao trực tiếp")
    office.at("2026-11-26T10:00:00+07:00")
    office.services.moves.move(dossier, "resolved", office.officer)
    text = said_by(office.services.papers.make(dossier, "control", office.officer).path)
    assert "09 giờ 15, 25/11/2026" in text
    assert "giao trực tiếp" in text
    assert "10 giờ 00, 26/11/2026" in text
    assert "Quá hạn" in text


def test_a_return_without_the_slip_owes_receipt_and_statement(office: Office) -> None:
    dossier = accepted(office)
    office.services.papers.catch_up()
    office.services.moves.move(dossier, "resolved", office.officer)
    taker = Person("Trần Văn Nam", personal_id="022090000077", address="Hải Hoà")
    office.services.returning.give(dossier, office.officer, receiver=taker, lost_slip=True)
    made = {one.kind: said_by(one.path) for one in office.services.papers.make_owed(dossier)}
    assert set(made) == {"result_receipt", "lost_slip"}
    assert "Tôi là: Trần Văn Nam" in made["lost_slip"]
    assert "Người nhận không còn giấy hẹn trả kết quả" in made["result_receipt"]
    assert office.services.papers.owed() == ()


def test_the_statement_of_a_lost_slip_can_be_signed_before_the_return(office: Office) -> None:
    dossier = accepted(office)
    office.services.papers.catch_up()
    office.services.moves.move(dossier, "resolved", office.officer)
    made = office.services.papers.make(dossier, "lost_slip", office.officer)
    assert "Tôi là: Nguyễn Thị Lan" in said_by(made.path)
    office.services.returning.give(dossier, office.officer, lost_slip=True)
    assert [one.kind for one in office.services.papers.owed()] == ["result_receipt"]


def test_every_move_that_has_a_paper_owes_it_until_it_is_made(office: Office) -> None:
    papers, moves = office.services.papers, office.services.moves
    dossiers = [accepted(office, number) for number in range(1, 4)]
    refused = filed(office)
    papers.catch_up()
    moves.move(dossiers[0], "supplement_requested", office.officer, reason="thiếu")
    moves.move(dossiers[1], "stopped", office.officer, reason="tranh chấp")
    moves.move(refused, "refused", office.officer, reason="sai nơi nộp")
    moves.move(dossiers[2], "resolved", office.officer)
    office.services.returning.give(dossiers[2], office.officer)
    assert [one.kind for one in papers.owed()] == ["supplement", "stop", "refusal", "result_receipt"]
    assert papers.missing() == ()
    assert {one.kind for one in papers.catch_up()} == {"supplement", "stop", "refusal", "result_receipt"}
    assert papers.owed() == () == papers.catch_up()


def test_an_undone_move_owes_nothing_and_its_paper_is_void(office: Office) -> None:
    dossier = accepted(office)
    office.services.papers.catch_up()
    office.services.moves.move(dossier, "stopped", office.officer, reason="nhầm hồ sơ")
    made = office.services.papers.make(dossier, "stop", office.officer)
    office.services.correcting.undo(office.officer)
    assert office.services.papers.owed() == ()
    verdict = verdict_of(office, made.path)
    assert (verdict.word, verdict.is_void) == ("genuine", True)
    assert [line.state for line in office.services.papers.jobs() if line.id == made.job] == ["cancelled"]
    with pytest.raises(PaperNotDue):
        office.services.papers.make(dossier, "stop", office.officer)


def test_certifications_taken_along_at_once_owe_no_receipt(office: Office) -> None:
    saved = office.services.intake.accept(form_of(birth()), office.officer, hand_over_now=True)
    office.services.papers.make(saved.dossier, "slip", office.officer)
    assert office.services.papers.owed() == ()


def test_a_slip_that_replaces_a_void_one_says_so(office: Office) -> None:
    dossier = accepted(office)
    first = office.services.papers.make(dossier, "slip", office.officer)
    office.services.correcting.correct(dossier, {"summary": "Khai sinh cho con"}, office.officer)
    made = office.services.papers.make(dossier, "slip", office.officer)
    text = said_by(made.path)
    assert "THAY CHO BẢN 1 ĐÃ CẤP, BẢN ĐÓ KHÔNG CÒN GIÁ TRỊ" in text
    assert "BẢN IN LẠI LẦN 1" in text
    verdict = verdict_of(office, first.path)
    assert (verdict.word, verdict.is_void, verdict.replaced_by) == ("genuine", True, 2)


@pytest.mark.parametrize("kind", ["supplement", "refusal", "apology", "stop", "fee_receipt"])
def test_a_paper_of_what_did_not_happen_is_refused(office: Office, kind: str) -> None:
    with pytest.raises(PaperNotDue):
        office.services.papers.make(accepted(office), kind, office.officer)


def test_papers_before_their_time_and_unknown_kinds_are_refused(office: Office) -> None:
    dossier = filed(office)
    for kind, error in (
        ("slip", NotReturnable),
        ("result_receipt", NotReturnable),
        ("control", PaperNotDue),
        ("lost_slip", PaperNotDue),
        ("poem", PaperKindUnknown),
    ):
        with pytest.raises(error):
            office.services.papers.make(dossier, kind, office.officer)


def test_the_same_log_gives_the_same_bytes(office: Office) -> None:
    dossier = accepted(office)
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="thiếu")
    first = office.services.papers.make(dossier, "supplement", office.officer)
    other = office.services.papers
    content = first.path.read_bytes()
    first.path.unlink()
    with office.services.context.store.writing() as session:
        from storage.queries import desks

        paper = desks.paper(session, first.id)
        assert paper is not None
        session.delete(paper)
    again = other.make(dossier, "supplement", office.officer)
    assert again.path.name == first.path.name
    assert again.path.read_bytes() == content


def test_thousands_of_events_are_looked_through_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from desk.cases import owed_papers

    monkeypatch.setattr(owed_papers, "_STEP", 1)
    dossier = accepted(office)
    office.services.papers.catch_up()
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="thiếu")
    assert [one.kind for one in office.services.papers.owed()] == ["supplement"]
    office.services.papers.catch_up()
    with office.services.context.store.reading() as session:
        assert owed_papers._checked(session) > 0
    office.services.moves.move(dossier, "processing", office.officer)
    office.services.moves.move(dossier, "supplement_requested", office.officer, reason="thiếu nữa")
    assert [one.kind for one in office.services.papers.owed()] == ["supplement"]


def test_one_paper_that_cannot_be_drawn_keeps_the_others_from_nothing(office: Office) -> None:
    form = birth(1)
    form["owner"]["name"] = "Nguyễn \u4e2d\u6587"
    office.services.intake.accept(form_of(form), office.officer)
    accepted(office, 2)
    assert [one.kind for one in office.services.papers.catch_up()] == ["slip"]
    assert len(office.services.papers.missing()) == 1

"""Papers about many dossiers: hand-overs, register, joint slip, outage, day sheet, each with its record."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.cases.form_input import form_of
from desk.cases.handing_over import Result
from desk.cases.paper_kinds import LIST_KINDS
from desk.clock import to_ms
from desk.errors.acts import NotReturnable, PaperUnknown
from desk.errors.papers import NoDossierChosen, PaperKindUnknown, PaperNotDue, SubmittersDiffer
from desk.errors.rule import MoveImpossible
from desk.rules.reading_test import TEST_TEXT
from receipts.thermal.address import receipt_printer
from storage.queries import events as log
from tests.desk.cases.conftest import Office
from tests.homes import birth
from tests.receipts.fake_printers import decoded
from tests.receipts.looking import printed, read_code, text_of

DAY = date(2026, 11, 25)


def accepted(office: Office, number: int = 1) -> str:
    return office.services.intake.accept(form_of(birth(number)), office.officer).dossier


def said_by(path: Path) -> str:
    return text_of(path.read_bytes()).replace("\u00a0", " ")


def happened(office: Office, kind: str, dossier: str | None, body: dict[str, Any], **private: Any) -> str:
    with office.services.context.log.act(office.officer.id) as act:
        return act.append(kind, body, private, dossier).head.id


def made_events(office: Office) -> list[dict[str, Any]]:
    with office.services.context.store.reading() as session:
        return [event.body for event in log.of_kinds(session, office.services.context.settings.desk, ("paper.made",))]


def test_a_batch_goes_to_a_department_in_one_act_with_its_list(office: Office) -> None:
    dossiers = [accepted(office, number) for number in range(1, 4)]
    office.services.papers.catch_up()
    office.at("2026-11-25T10:00:00+07:00")
    back = datetime.fromisoformat("2026-11-27T16:00:00+07:00")
    done = office.services.handing_over.give(
        dossiers, "06712", office.officer, receiver="Lê Văn Sơn", return_by=back, note="giao một lần"
    )
    assert done.dossiers == tuple(dossiers)
    assert [(one.kind, one.event) for one in office.services.papers.owed()] == [("handover", done.event)]
    (made,) = office.services.papers.catch_up()
    text = said_by(made.path)
    assert all(code.partition("-")[2] in text for code in done.codes)
    assert "người đại diện: Lê Văn Sơn" in text
    assert "16 giờ 00, 27/11/2026" in text
    assert "Thời gian giao: 10 giờ 00 phút, ngày 25 tháng 11 năm 2026" in text
    assert office.services.papers.owed() == ()
    views = [office.services.lookup.show(dossier) for dossier in dossiers]
    assert {view.line.status for view in views} == {"processing"}
    assert len({view.line.holder for view in views}) == 1
    again = office.services.papers.lists.of_event(done.event, done.paper, office.officer)
    assert again.id == made.id
    reprint = office.services.papers.lists.of_event(done.event, done.paper, office.officer, reprint=True)
    assert "BẢN IN LẠI LẦN 1" in said_by(reprint.path)


def test_a_batch_with_one_dossier_that_cannot_go_goes_not_at_all(office: Office) -> None:
    first, second = accepted(office, 1), accepted(office, 2)
    office.services.moves.move(second, "stopped", office.officer, reason="tranh chấp")
    with pytest.raises(MoveImpossible):
        office.services.handing_over.give([first, second], "06712", office.officer)
    assert office.services.lookup.show(first).line.status == "accepted"
    assert "handover" not in {one.kind for one in office.services.papers.owed()}
    with pytest.raises(NoDossierChosen):
        office.services.handing_over.give([], "06712", office.officer)


def test_a_batch_is_not_taken_back_dossier_by_dossier(office: Office) -> None:
    dossiers = [accepted(office, number) for number in (1, 2)]
    office.services.handing_over.give(dossiers, "06712", office.officer)
    assert office.services.correcting.last(office.officer) is None


def test_results_come_back_with_their_numbers(office: Office) -> None:
    dossiers = [accepted(office, number) for number in (1, 2)]
    office.services.handing_over.give(dossiers, "06712", office.officer)
    results = [Result("Giấy khai sinh", "215/2026", "Khai sinh")]
    done = office.services.handing_over.take_back(
        dossiers, "06712", office.officer, giver="Lê Văn Sơn", results=results
    )
    made = office.services.papers.lists.of_event(done.event, done.paper, office.officer)
    text = said_by(made.path)
    assert "215/2026" in text
    assert "người đại diện: Lê Văn Sơn" in text
    assert {office.services.lookup.show(dossier).line.status for dossier in dossiers} == {"resolved"}


def test_the_citizen_signs_for_the_number_that_came_back(office: Office) -> None:
    dossiers = [accepted(office, number) for number in (1, 2)]
    office.services.handing_over.give(dossiers, "06712", office.officer)
    results = [Result("Giấy khai sinh", "215/2026"), Result()]
    office.services.handing_over.take_back(dossiers, "06712", office.officer, results=results)
    said = []
    for dossier in dossiers:
        office.services.returning.give(dossier, office.officer)
        said.append(said_by(office.services.papers.make(dossier, "result_receipt", office.officer).path))
    assert "215/2026" in said[0]
    assert "215/2026" not in said[1]


def test_the_register_of_a_period_holds_its_dossiers_and_no_others(office: Office) -> None:
    first = accepted(office, 1)
    office.services.moves.move(first, "resolved", office.officer)
    office.services.returning.give(first, office.officer)
    office.at("2026-11-26T09:00:00+07:00")
    accepted(office, 2)
    made = office.services.papers.lists.register((DAY, DAY), office.officer)
    text = said_by(made.path)
    assert "Số hồ sơ: 1" in text
    assert "261125-0001" in text
    assert "261126" not in text
    assert "Cán bộ 1" in text
    assert made_events(office)[-1] | {"sha256": "", "name": "", "act": ""} == {
        "kind": "register",
        "copy": 1,
        "from": "2026-11-25",
        "to": "2026-11-25",
        "unit": "",
        "sha256": "",
        "name": "",
        "act": "",
    }
    both = office.services.papers.lists.register((DAY, date(2026, 11, 26)), office.officer, unit="06709")
    assert "Số hồ sơ: 2" in said_by(both.path)
    assert "Số hồ sơ: 0" in text_of(office.services.papers.lists.register_pdf((DAY, DAY), unit="99999"))


def test_a_joint_slip_lists_dossiers_of_one_submitter_and_records_them(office: Office) -> None:
    first, second = accepted(office, 1), accepted(office, 1)
    made = office.services.papers.lists.joint_slip([first, second], office.officer)
    text = said_by(made.path)
    assert "tiếp nhận 02 hồ sơ của: Nguyễn Thị Lan" in text
    assert "261125-0002" in text
    assert made_events(office)[-1]["dossiers"] == [first, second]
    assert office.services.papers.lists.joint_slip([second, first], office.officer).id == made.id
    verdict = office.services.papers.verify_file(made.path)
    assert (verdict.word, verdict.confirmed) == ("genuine", True)


def test_a_joint_slip_is_for_one_submitter_and_accepted_dossiers(office: Office) -> None:
    lists = office.services.papers.lists
    with pytest.raises(SubmittersDiffer):
        lists.joint_slip([accepted(office, 1), accepted(office, 2)], office.officer)
    with pytest.raises(NoDossierChosen):
        lists.joint_slip([], office.officer)
    text = '{"code": "000.00.35.H49-261124-000123", "filed_at": "2026-11-24T09:00:00+07:00",'
    text += '"procedure": "1.001193", "owner": {"name": "Trần Văn Nam"}}'
    filed = office.services.inbox.take(text, office.officer)[0].dossier
    with pytest.raises(NotReturnable):
        lists.joint_slip([filed], office.officer)


def test_an_outage_is_recorded_once_with_every_dossier_it_held_up(office: Office) -> None:
    dossier = accepted(office)
    office.services.papers.catch_up()
    body = {
        "from": to_ms(datetime.fromisoformat("2026-11-25T08:45:00+07:00")),
        "to": to_ms(datetime.fromisoformat("2026-11-25T10:15:00+07:00")),
        "cause": "network_outage",
        "dossiers": [{"id": dossier, "minutes": 90}],
        "papers": ["outage"],
    }
    outage = happened(office, "outage.recorded", None, body, evidence="nhật ký kết nối")
    happened(office, "delay.recorded", dossier, {"cause": "network_outage", "outage": outage})
    (made,) = office.services.papers.catch_up()
    text = said_by(made.path)
    assert "Thời gian gián đoạn: 1 giờ 30 phút" in text
    assert "Nguyễn Thị Lan" in text
    assert "Căn cứ ghi nhận: nhật ký kết nối" in text
    assert office.services.papers.lists.outage_of(dossier, office.officer).id == made.id
    with pytest.raises(PaperNotDue):
        office.services.papers.lists.outage_of(accepted(office, 2), office.officer)


def test_the_day_sheet_counts_receipts_officer_by_officer(office: Office) -> None:
    dossier = accepted(office)
    body = {"receipt_form": "01BLP3-001", "series": "AA-26T", "fee_dong": 21000}
    happened(office, "fee.taken", dossier, {**body, "receipt": "0000123", "form": "cash"})
    void = happened(office, "fee.taken", dossier, {**body, "receipt": "0000125", "form": "cash"})
    happened(office, "fee.voided", dossier, {"fee": void})
    happened(office, "fee.taken", dossier, {"fee_dong": 5000, "form": "cash"})
    office.at("2026-11-26T09:00:00+07:00")
    happened(office, "fee.taken", dossier, {**body, "receipt": "0000126", "form": "transfer"})
    made = office.services.papers.lists.day_close(DAY, office.officer)
    text = said_by(made.path)
    assert "Hồ sơ tiếp nhận: 1" in text
    assert "1 0000123 0000125 1 0000124 21.000 0 0 21.000" in text
    assert "1 khoản thu chưa ghi số biên lai, cộng 5.000 đồng" in text
    assert "0000126" not in text
    second = office.services.papers.lists.day_close(DAY, office.officer)
    assert (made.copy, second.copy) == (1, 2)
    assert "BẢN IN LẠI LẦN 1" in said_by(second.path)


def test_an_act_that_there_is_not_has_no_list(office: Office) -> None:
    lists = office.services.papers.lists
    with pytest.raises(PaperNotDue):
        lists.of_event("no-such-event", "handover", office.officer)
    with pytest.raises(PaperKindUnknown):
        lists.of_event("no-such-event", "slip", office.officer)


def test_the_test_page_of_a_printer_carries_the_text_of_the_reading_test(office: Office) -> None:
    made = office.services.papers.lists.head_check(office.officer)
    assert read_code(printed(made.path.read_bytes())[0]) == TEST_TEXT
    assert (office.services.papers.jobs()[0].kind, office.services.papers.jobs()[0].code) == ("head_check", "")
    assert office.services.papers.lists.head_check(office.officer).copy == 2
    with pytest.raises(PaperNotDue):
        office.services.papers.lists.head_check(office.officer, receipt=True)


def test_the_test_page_of_a_receipt_printer_is_a_picture(office: Office, tmp_path: Path) -> None:
    papers = office.services.papers
    with_receipts = type(papers)(papers.context, papers.printer, receipt_printer(f"file:{tmp_path}/out.bin", 58))
    made = with_receipts.lists.head_check(office.officer, receipt=True)
    assert with_receipts.send(made.job).state == "handed"
    paper = decoded(made.path.read_bytes())
    assert read_code(paper.picture.convert("L")) == TEST_TEXT


def test_every_list_can_be_copied_from_its_record_and_says_that_it_is_a_copy(office: Office) -> None:
    lists, officer = office.services.papers.lists, office.officer
    first, second = accepted(office, 1), accepted(office, 1)
    given = office.services.handing_over.give([first], "06712", officer)
    back = office.services.handing_over.take_back([first], "06712", officer)
    minutes = [to_ms(datetime.fromisoformat(f"2026-11-25T08:{minute}:00+07:00")) for minute in ("00", "20")]
    body = {
        "from": minutes[0],
        "to": minutes[1],
        "cause": "network_outage",
        "dossiers": [{"id": second, "minutes": 20}],
    }
    outage = happened(office, "outage.recorded", None, body)
    office.services.officers.give_badge(officer, officer)
    made = [
        lists.joint_slip([first, second], officer),
        lists.register((DAY, DAY), officer, unit="06709"),
        lists.day_close(DAY, officer),
        lists.of_event(given.event, "handover", officer),
        lists.of_event(back.event, "results", officer),
        lists.of_event(outage, "outage", officer),
        lists.badge(officer.id, officer),
    ]
    for one in made:
        copy = lists.reprint(one.id, officer)
        assert (copy.kind, copy.copy) == (one.kind, 2), one.kind
        assert "BẢN IN LẠI LẦN 1" in said_by(copy.path), one.kind
        assert copy.path.name.rpartition("_2_")[0] == one.path.name.rpartition("_1_")[0]
        assert lists.reprint(copy.id, officer).copy == 3
    page = lists.head_check(officer)
    assert lists.reprint(page.id, officer).copy == page.copy + 1
    assert sorted({one.kind for one in made} | {page.kind}) == sorted(LIST_KINDS)


def test_what_is_no_list_is_not_copied_as_one(office: Office) -> None:
    lists = office.services.papers.lists
    slip = office.services.papers.make(accepted(office), "slip", office.officer)
    with pytest.raises(PaperKindUnknown):
        lists.reprint(slip.id, office.officer)
    with pytest.raises(PaperUnknown):
        lists.reprint("no-such-paper", office.officer)


def test_of_one_hand_are_the_open_dossiers_of_a_submitter_of_one_day(office: Office) -> None:
    lists = office.services.papers.lists
    first, second, ended = accepted(office, 1), accepted(office, 1), accepted(office, 1)
    accepted(office, 2)
    office.services.moves.move(ended, "stopped", office.officer, reason="tranh chấp")
    office.at("2026-11-26T09:00:00+07:00")
    later = accepted(office, 1)
    codes = [office.services.lookup.show(dossier).line.code for dossier in (first, second)]
    assert list(lists.of_one_hand(second)) == codes
    assert len(lists.of_one_hand(later)) == 1

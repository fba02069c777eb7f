"""Everything a lesson's file may say becomes what it says, up to its limits, and what may lack has its default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from desk import words
from desk.errors.practice import LessonFaulty
from desk.rules.lessons.facts import OF_DOSSIER, OF_EVENT
from desk.rules.lessons.lesson import (
    DATA,
    FAULTS,
    VERBS,
    Act,
    Citizen,
    Lesson,
    Never,
    Passing,
    Prepared,
    Question,
    Step,
    Want,
    Words,
)
from desk.rules.lessons.lines import lines_of
from desk.rules.lessons.parse import FaultList
from desk.rules.people.person import Person
from tests.desk.rules.lessons.test_parse import WHOLE, faults, read

LONG = "a" * 400
FULL = f"""\
format = 1
id = "a"
level = 9
minutes = 240
seed = 7
clock = 2026-11-25T08:00:00+07:00
data = "mau-40-ho-so"
requires = ["lam-quen", "khai-sinh"]
title = {{ vi = "Bài", en = "Lesson" }}
[pass]
score = 100
max_seconds = 86400
[[citizen]]
id = "lan"
name = "{"L" * 100}"
cccd = "022190990001"
born = 1990-05-15
phone = "{"0" * 20}"
address = "Tổ 1"
[[dossier]]
id = "cu"
owner = "lan"
procedure = "2.000815"
status = "resolved"
accepted = 2026-11-25T07:59:59+07:00
unit = "so-tu-phap"
fee_dong = 0
fee_ground = "Miễn"
[[dossier]]
id = "cho"
owner = "lan"
procedure = "1.001193"
status = "processing"
accepted = 2026-11-24T08:00:00+07:00
[[step]]
id = "s"
say = {{ vi = "{LONG}", en = "Do it" }}
hint = {{ vi = ["{LONG}", "b"], en = ["c", "d"] }}
want = {{ event = "paper.made", count = 20, where = {{ dossier = "cho", kind = "slip", copy = 2, lost_slip = false }} }}
never = ["dossier.accepted", "dossier.returned twice"]
before = [["fault", "printer", "hanging"], ["clock", "+99d"]]
do = [["pin"], ["key", "ctrl+g", "escape", "9", "a"], ["slip", "cu"], ["pause", "1"], ["pause", "10"]]
points = 100
seconds = 3600
[[step]]
id = "t"
ask = {{ vi = "Hỏi", en = "Ask" }}
choices = {{ vi = ["x", "y"], en = ["z", "w"] }}
answer = 1
points = 0
seconds = 1
"""
LAN = Person("L" * 100, personal_id="022190990001", born_on=date(1990, 5, 15), sex="female")


def test_a_file_that_says_everything_is_the_lesson_to_the_last_field() -> None:
    lesson = read(FULL)
    accepted = datetime(2026, 11, 25, 0, 59, 59, tzinfo=UTC)
    assert lesson == Lesson(
        id="a",
        title=Words("Bài", "Lesson"),
        level=9,
        minutes=240,
        clock=datetime(2026, 11, 25, 1, tzinfo=UTC),
        data="mau-40-ho-so",
        seed=7,
        requires=("lam-quen", "khai-sinh"),
        passing=Passing(100, 86_400),
        citizens=(Citizen("lan", replace(LAN, phone="0" * 20, address="Tổ 1")),),
        dossiers=(
            Prepared("cu", "lan", "2.000815", "resolved", accepted, "so-tu-phap", 0, "Miễn"),
            Prepared("cho", "lan", "1.001193", "processing", datetime(2026, 11, 24, 1, tzinfo=UTC)),
        ),
        steps=lesson.steps,
    )
    where = {"dossier": "cho", "kind": "slip", "copy": 2, "lost_slip": False}
    do = (Act("pin"), Act("key", ("ctrl+g", "escape", "9", "a")), Act("slip", ("cu",)))
    assert lesson.steps == (
        Step(
            "s",
            Words(LONG, "Do it"),
            Want("paper.made", "", where, 20),
            hints=(Words(LONG, "c"), Words("b", "d")),
            before=(Act("fault", ("printer", "hanging")), Act("clock", ("+99d",))),
            never=(Never("dossier.accepted", 0), Never("dossier.returned", 1)),
            do=(*do, Act("pause", ("1",)), Act("pause", ("10",))),
            points=100,
            seconds=3600,
        ),
        Step(
            "t",
            Words("Hỏi", "Ask"),
            Want(),
            points=0,
            question=Question((Words("x", "z"), Words("y", "w")), 1),
            seconds=1,
        ),
    )


def test_what_may_lack_has_its_default() -> None:
    lesson = read(WHOLE)
    assert (lesson.level, lesson.seed, lesson.data, lesson.requires) == (1, 1, "trong", ())
    assert lesson.passing == Passing(80, 0) == Passing()
    person = lesson.citizens[0].person
    assert (person.phone, person.address) == ("", "Phường Móng Cái 2, tỉnh Quảng Ninh")
    one = lesson.dossiers[0]
    assert (one.status, one.unit, one.fee_dong, one.fee_ground) == ("accepted", "", None, "")
    step = lesson.steps[1]
    assert (step.points, step.seconds, step.hints, step.never, step.question, step.want.count) == (
        10,
        30,
        (),
        (),
        None,
        1,
    )
    assert step == replace(step, points=Step("a", step.say, Want()).points, seconds=Step("a", step.say, Want()).seconds)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("level = 9", "level = 10", 3),
        ("level = 9", "level = 0", 3),
        ("minutes = 240", "minutes = 241", 4),
        ("seed = 7", "seed = -1", 5),
        ("seed = 7", "seed = 1_000_000_001", 5),
        ("score = 100", "score = 101", 11),
        ("max_seconds = 86400", "max_seconds = 86401", 12),
        ("L" * 100, "L" * 101, 15),
        ("0" * 20, "0" * 21, 18),
        ("07:59:59", "08:00:00", 25),
        ("fee_dong = 0", "fee_dong = -2", 27),
        (f'say = {{ vi = "{LONG}', f'say = {{ vi = "{LONG}a', 37),
        (f'hint = {{ vi = ["{LONG}', f'hint = {{ vi = ["{LONG}a', 38),
        ("count = 20", "count = 21", 39),
        ("points = 100", "points = 101", 43),
        ("seconds = 3600", "seconds = 3601", 44),
        ("answer = 1", "answer = 0", 49),
        ("points = 0", "points = 101", 50),
        ("seconds = 1\n", "seconds = 0\n", 51),
    ],
)
def test_each_limit_is_where_it_is_said_to_be(old: str, new: str, line: int) -> None:
    assert FULL.count(old) == 1
    assert faults(FULL.replace(old, new)) == [(line, "limit")]


def test_unknown_keys_are_faults_in_every_table() -> None:
    for header in ("[pass]", "[[citizen]]", '[[dossier]]\nid = "cho"', '[[step]]\nid = "s"', '[[step]]\nid = "t"'):
        assert [code for _line, code in faults(FULL.replace(header, f"{header}\nextra = 1"))] == ["unknown-key"], header
    for table in ("title = {", "want = {", "hint = {", "choices = {", "say = {", "ask = {"):
        assert [code for _line, code in faults(FULL.replace(table, f"{table} extra = 1,"))] == ["unknown-key"], table


def test_the_facts_that_may_be_asked_for_are_these() -> None:
    answers = ("answered", "declined", "no_answer")
    plain = {name: (one.kind, one.names) for name, one in {**OF_DOSSIER, **OF_EVENT}.items()}
    assert plain == {
        "dossier": ("text", "dossier"),
        "procedure": ("text", "procedure"),
        **dict.fromkeys(("owner", "submitter", "proxy", "receiver"), ("text", "citizen")),
        **dict.fromkeys(("status", "channel", "book", "survey", "cause", "level", "how", "answer"), ("text", "")),
        **dict.fromkeys(("paper", "kind"), ("text", "paper")),
        **dict.fromkeys(("name", "phone", "address", "note", "place"), ("text", "")),
        **dict.fromkeys(("pages", "copies", "sets", "fee_dong", "copy"), ("number", "")),
        **dict.fromkeys(("apologised", "overdue", "sent", "lost_slip"), ("yes_no", "")),
    }
    assert OF_DOSSIER["survey"].words == OF_EVENT["answer"].words == answers
    assert OF_EVENT["how"].words == ("screen", "phone", "paper", "counter", "post")
    assert OF_EVENT["level"].words[:2] == ("very_satisfied", "satisfied") and OF_DOSSIER["name"].words == ()
    assert DATA == {"trong": 0, "mau-40-ho-so": 40, "mau-300-ho-so": 300}
    assert FAULTS == {"link": ("cut", "up"), "printer": ("dead", "paper", "hanging", "ok")}
    assert VERBS == ("key", "type", "pin", "scan", "slip", "fault", "clock", "pause")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "s"', 'id = "S s"', "step 1, id must be an id of small letters a to z, digits and hyphens: S s"),
        ('owner = "lan"\nprocedure = "1', 'owner = "la"\nprocedure = "1', "dossier 2, owner is “la”, which is unknown"),
        (
            'event = "paper.made"',
            'event = "paper.mad"',
            "step 1, want.event is “paper.mad”, which is unknown; possible is for instance: paper.made",
        ),
        ('kind = "slip"', 'kind = "' + "k" * 41 + '"', "is “" + "k" * 39 + "…”, which is unknown; possible is for "),
        ('kind = "slip"', 'kind = "' + "k" * 40 + '"', "is “" + "k" * 40 + "”, which"),
        (
            '["slip", "cu"]',
            '["slip", "cu", "x"]',
            "do: no step before this one and no dossier of the lesson has this id: slip cu x",
        ),
        ("seed = 7", "seeds = 7", "seeds is unknown; meant is perhaps seed"),
        ("seed = 7", "xyzxyz = 7", "xyzxyz is unknown here"),
        ('data = "mau-40-ho-so"', 'data = "zzz"', "instance: mau-300-ho-so, mau-40-ho-so, trong"),
    ],
)
def test_a_fault_is_said_so_that_it_can_be_corrected(old: str, new: str, said: str) -> None:
    before = words.language()
    words.speak("en")
    try:
        with pytest.raises(LessonFaulty) as faulty:
            read(FULL.replace(old, new, 1))
        assert said in str(faulty.value.facts["faults"])
    finally:
        words.speak(before)


def test_of_many_faults_the_first_five_are_in_the_sentence() -> None:
    def said(count: int) -> str:
        with pytest.raises(LessonFaulty) as faulty:
            read(FULL + "".join(f"[[nobody{n}]]\n" for n in range(count)))
        assert faulty.value.facts["count"] == count
        found = faulty.value.facts["faults"]
        assert isinstance(found, FaultList)
        return str(found)

    assert said(5).count("; ") == 4 and not said(5).endswith("…")
    assert said(6).count("; ") == 5 and said(6).endswith("; …")


def test_lines_are_right_whatever_stands_in_strings_lists_and_tables() -> None:
    text = (
        'a = "x \\" [" # ["\n'
        "b = '''\n[c]\nd = 1'''\n"
        'e = ["[", "]",\n "x"]\n'
        "f = { g = 1, h = [\n 1,\n ] }\n"
        "i.j.k = 'it\\'\n"
        '[l."m".n]\n'
        "o = 1\n"
        "[[p]]\n[[p]]\nq = 1\n[p.r]\ns = 1\n[[p.t]]\nu = 1\n"
        'v = """\\\\"""\n'
        "w = 1\n"
    )
    lines = lines_of(text)
    assert {path: line for path, line in lines.items() if len(path) == 1} == {
        ("a",): 1,
        ("b",): 2,
        ("e",): 5,
        ("f",): 7,
        ("i",): 10,
        ("l",): 11,
        ("p",): 13,
    }
    assert [lines[("i", "j")], lines[("l", "m", "n")], lines[("l", "m", "n", "o")]] == [10, 11, 12]
    assert [lines[("p", 0)], lines[("p", 1)], lines[("p", 1, "q")]] == [13, 14, 15]
    assert [lines[("p", 1, "r", "s")], lines[("p", 1, "t", 0, "u")], lines[("p", 1, "t", 0, "w")]] == [17, 19, 21]

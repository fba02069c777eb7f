"""A lesson's file is read strictly: each fault is named with its line and its code, all of them at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desk import words
from desk.errors.practice import LessonFaulty
from desk.rules.lessons.lesson import Act, Lesson, Never
from desk.rules.lessons.lines import line_at, lines_of
from desk.rules.lessons.parse import parse_lesson
from desk.rules.lessons.steps import Known, days_of

KNOWN = Known(
    events=frozenset({"dossier.accepted", "dossier.returned", "survey.captured", "paper.made"}),
    screens=frozenset({"intake", "lookup"}),
    procedures=frozenset({"1.001193", "2.000815"}),
    papers=frozenset({"slip"}),
)
WHOLE = """\
format = 1
id = "khai-sinh"
minutes = 5
clock = 2026-11-25T08:00:00+07:00
[title]
vi = "Tiếp nhận"
en = "Intake"
[[citizen]]
id = "lan"
name = "Nguyễn Thị Lan"
cccd = "022190990001"
born = 1990-05-15
[[dossier]]
id = "cu"
owner = "lan"
procedure = "2.000815"
accepted = 2026-11-24T08:00:00+07:00
[[step]]
id = "nhan"
say.vi = "Bấm **F9**."
say.en = "Press **F9**."
hint.vi = ["Phím F9."]
hint.en = ["The key F9."]
want.event = "dossier.accepted"
want.where = { procedure = ["1.001193", "2.000815"], owner = "lan", pages = { min = 1, max = 3 } }
never = ["dossier.accepted twice"]
before = [["fault", "link", "cut"], ["clock", "+2d"]]
do = [["scan", "lan"], ["type", "khai sinh"], ["key", "enter", "f9"], ["pause", "2"]]
[[step]]
id = "xem"
say = { vi = "Xem.", en = "Look." }
want.status = "accepted"
want.where.dossier = "nhan"
do = [["slip", "cu"]]
"""


def read(text: str) -> Lesson:
    return parse_lesson(text, KNOWN)


def faults(text: str) -> list[tuple[int, str]]:
    """Return the lines and codes of what is wrong with a file, [] where nothing is."""
    try:
        read(text)
    except LessonFaulty as faulty:
        found = faulty.facts["faults"].all  # type: ignore[attr-defined]  # a FaultList
        assert faulty.facts["count"] == len(found)
        assert all(f"line {one.line}: " in str(one) and f"[{one.code}]" in str(one) for one in found)
        return [(one.line, one.code) for one in found]
    return []


def test_a_whole_file_is_the_lesson_it_says() -> None:
    lesson = read(WHOLE)
    first, second = lesson.steps
    assert (lesson.id, lesson.data, lesson.points, lesson.passing.score) == ("khai-sinh", "trong", 20, 80)
    assert lesson.clock == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)
    person = lesson.citizen("lan")
    assert person is not None and person.sex == "female" and lesson.citizen("man") is None
    assert first.want.where["pages"] == {"min": 1, "max": 3}
    assert first.never == (Never("dossier.accepted", 1),)
    assert [days_of(act) for act in first.before] == [0, 2]
    assert first.do[2] == Act("key", ("enter", "f9"))
    assert second.want.where == {"dossier": "nhan", "status": "accepted"}
    assert second.say.en == "Look."


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("format = 1", "format = 2", (1, "unknown-value")),
        ("format = 1\n", "", (1, "missing")),
        ('id = "khai-sinh"', 'id = "Khai Sinh"', (2, "wrong-type")),
        ("minutes = 5", 'minutes = "5"', (3, "wrong-type")),
        ("minutes = 5", "minutes = true", (3, "wrong-type")),
        ("minutes = 5", "minutes = 0", (3, "limit")),
        ("minutes = 5", "minutes = 5\nminuts = 5", (4, "unknown-key")),
        ("08:00:00+07:00\n[title]", "08:00:00\n[title]", (4, "wrong-type")),
        ('en = "Intake"', "", (5, "missing-language")),
        ('en = "Intake"', 'en = " "', (7, "missing")),
        ('cccd = "022190990001"', 'cccd = "02219099000"', (11, "wrong-type")),
        ("born = 1990-05-15", "born = 1991-05-15", (11, "limit")),
        ("born = 1990-05-15", "born = 1990-05-15T00:00:00Z", (12, "wrong-type")),
        ('owner = "lan"\nproc', 'owner = "man"\nproc', (15, "unknown-id")),
        ('procedure = "2.000815"', 'procedure = "2.9"', (16, "unknown-id")),
        ("accepted = 2026-11-24T", "accepted = 2026-11-26T", (17, "limit")),
        ("accepted = 2026", 'status = "returned"\naccepted = 2026', (17, "unknown-value")),
        ("accepted = 2026", 'unit = "so-tu-phap"\naccepted = 2026', (17, "limit")),
        ('say.en = "Press **F9**."\n', "", (20, "missing-language")),
        ('say.vi = "Bấm **F9**."\n', 'say.vi = "' + "a" * 401 + '"\n', (20, "limit")),
        ('hint.en = ["The key F9."]', 'hint.en = ["a", "b"]', (22, "missing-language")),
        ('hint.en = ["The key F9."]\n', "", (22, "missing-language")),
        ('hint.vi = ["Phím F9."]', 'hint.vi = [""]', (22, "limit")),
        ('want.event = "dossier.accepted"', 'want.event = "dossier.acepted"', (24, "unknown-value")),
        ('want.event = "dossier.accepted"', 'want.event = "dossier.accepted"\nwant.count = 0', (25, "limit")),
        ('want.event = "dossier.accepted"', 'want.screen = "intake"', (24, "limit")),
        ('want.event = "dossier.accepted"\n', "", (24, "missing")),
        ('owner = "lan", pages', 'owner = "man", pages', (25, "unknown-id")),
        ('owner = "lan", pages', "owner = 1, pages", (25, "wrong-type")),
        ('owner = "lan", pages', 'colour = "red", pages', (25, "unknown-key")),
        ('owner = "lan", pages', 'overdue = "yes", pages', (25, "wrong-type")),
        ("min = 1, max = 3", "from = 1", (25, "wrong-type")),
        ('"dossier.accepted twice"', '"dossier.gone"', (26, "unknown-value")),
        ('["clock", "+2d"]', '["clock", "-2d"]', (27, "unknown-value")),
        ('["fault", "link", "cut"]', '["fault", "link", "slow"]', (27, "unknown-value")),
        ('["fault", "link", "cut"]', '["key", "f9"]', (27, "unknown-value")),
        ('["scan", "lan"]', '["scan", "man"]', (28, "unknown-value")),
        ('"enter", "f9"]', '"enter", "f12"]', (28, "unknown-value")),
        ('["pause", "2"]', '"pause"', (28, "wrong-type")),
        ('["pause", "2"]', '["pause", "60"]', (28, "unknown-value")),
        ('["pause", "2"]', '["pin", "1"]', (28, "unknown-value")),
        ('["pause", "2"]', '["type", "a\\u0007"]', (28, "unknown-value")),
        ("clock = 2026-11-25T08:00:00+07:00\n", "", (1, "missing")),
        ('cccd = "022190990001"\n', "", (8, "missing")),
        ('hint.vi = ["Phím F9."]', "hint.vi = [1]", (22, "wrong-type")),
        ('hint.vi = ["Phím F9."]', "hint.vi = []", (22, "missing-language")),
        ('hint.vi = ["Phím F9."]', 'hint.vi = ["a", "b", "c"]', (22, "missing-language")),
        ('owner = "lan", pages', 'paper = "slop", pages', (25, "unknown-id")),
        ('id = "xem"', 'id = "nhan"', (30, "twice")),
        ('say = { vi = "Xem.", en = "Look." }\n', "", (29, "missing")),
        ('say = { vi = "Xem.", en = "Look." }', 'say = "Xem."', (31, "wrong-type")),
        ('want.status = "accepted"\nwant.where.dossier = "nhan"\n', "", (29, "missing")),
        ('want.status = "accepted"\nwant.where.dossier = "nhan"\n', "want.count = 1\n", (32, "missing")),
        ('want.where.dossier = "nhan"', 'want.where.dossier = "xem"', (33, "unknown-id")),
        ('want.where.dossier = "nhan"\n', "", (32, "missing")),
        ('want.status = "accepted"\n', 'want.where.level = "satisfied"\n', (32, "limit")),
        ('do = [["slip", "cu"]]', 'do = [["slip", "xem"]]', (34, "unknown-value")),
        ('do = [["slip", "cu"]]', 'do = "f9"', (34, "wrong-type")),
        ('do = [["slip", "cu"]]', 'point = "intake"', (34, "unknown-key")),
    ],
)
def test_each_fault_is_named_with_its_line_and_its_code(old: str, new: str, found: tuple[int, str]) -> None:
    assert old in WHOLE
    assert faults(WHOLE.replace(old, new, 1)) == [found]


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = WHOLE.replace("minutes = 5", 'minutes = "5"').replace('"dossier.accepted"\n', '"x.y"\n')
    assert faults(text.replace('id = "xem"', 'id = "nhan"')) == [
        (3, "wrong-type"),
        (24, "unknown-value"),
        (30, "twice"),
    ]
    with pytest.raises(LessonFaulty) as faulty:
        read(text)
    assert "; " in str(faulty.value.facts["faults"])


def test_facts_are_texts_numbers_and_yes_or_no_and_lists_of_them() -> None:
    text = WHOLE.replace("pages = { min = 1, max = 3 }", 'pages = [1, 2], copies = 2, sent = true, paper = "slip"')
    where = read(text).steps[0].want.where
    assert (where["pages"], where["copies"], where["sent"], where["paper"]) == ((1, 2), 2, True, "slip")


def test_a_step_has_two_hints_at_most_and_lists_of_tables_are_lists() -> None:
    three = 'hint.vi = ["a", "b", "c"]\nhint.en = ["a", "b", "c"]\n'
    assert faults(WHOLE.replace('hint.vi = ["Phím F9."]\nhint.en = ["The key F9."]\n', three)) == [(22, "limit")]
    assert faults(WHOLE.replace("[[citizen]]", "[citizen]"))[0] == (8, "wrong-type")


ASKS = """\
[[step]]
id = "hoi"
ask = { vi = "An toàn chưa?", en = "Is it safe?" }
choices.vi = ["Rồi", "Chưa"]
choices.en = ["Yes", "No"]
answer = 2
"""


def test_a_step_may_ask_in_place_of_wanting_something_done() -> None:
    step = read(WHOLE + ASKS).steps[2]
    assert step.question is not None and step.question.answer == 2
    assert (str(step.say.en), [choice.vi for choice in step.question.choices]) == ("Is it safe?", ["Rồi", "Chưa"])
    at = WHOLE.count("\n") + 1
    for old, new, found in (
        ("answer = 2", "answer = 3", (at + 5, "limit")),
        ("answer = 2\n", "", (at, "missing")),
        ('choices.en = ["Yes", "No"]\n', "", (at + 3, "missing-language")),
        ('choices.vi = ["Rồi", "Chưa"]\nchoices.en = ["Yes", "No"]\n', "", (at, "missing")),
        ("answer = 2", 'answer = 2\nwant.screen = "intake"', (at + 6, "unknown-key")),
    ):
        assert faults(WHOLE + ASKS.replace(old, new)) == [found]


def test_a_sentence_speaks_the_language_of_the_desk() -> None:
    before = words.language()
    try:
        words.speak("vi")
        assert str(read(WHOLE).title) == "Tiếp nhận"
        words.speak("en")
        assert str(read(WHOLE).title) == "Intake"
    finally:
        words.speak(before)


def test_what_is_no_toml_is_named_with_its_line() -> None:
    assert faults(WHOLE.replace("minutes = 5", "minutes = ")) == [(3, "toml")]
    assert faults('a = "') == [(1, "toml")]
    assert faults("a = 1\nb = " + "[" * 5000 + "]" * 5000) == [(2, "toml")]
    assert faults("a = " + "9" * 5000 + "\n") == [(2, "toml")]


def test_a_lesson_without_steps_or_with_too_many_is_refused() -> None:
    head = WHOLE[: WHOLE.index("[[step]]")]
    assert faults(head) == [(1, "missing")]
    one = '[[step]]\nid = "s{n}"\nsay = {{ vi = "a", en = "b" }}\nwant.screen = "intake"\n'
    assert [code for _line, code in faults(head + "".join(one.format(n=n) for n in range(51)))] == ["limit"]


def test_lines_are_found_behind_long_texts_and_lists_of_several_lines() -> None:
    text = (
        'a = """\n[no]\nb = 1\n"""\nc = [\n  "x = 1", # ] "\n  \'\'\'\n]\'\'\',\n]'
        '\n[[t]]\nk."l m".n = "\\"#["\n[t.u]\nv = 1\n'
    )
    lines = lines_of(text)
    assert [lines[path] for path in (("a",), ("c",), ("t", 0), ("t", 0, "k", "l m", "n"))] == [1, 5, 10, 11]
    assert (lines[("t", 0, "u")], lines[("t", 0, "u", "v")]) == (12, 13)
    assert ("no",) not in lines and line_at(("t", 0, "gone"), lines) == 10 and line_at(("gone",), lines) == 1

"""`desk lesson`: what is listed, checked, begun anew, and what is refused without a terminal."""

from __future__ import annotations

from pathlib import Path

from tests.desk.commands.conftest import Desk


def test_the_lessons_are_listed_with_their_titles_and_how_far_each_got(bare: Desk) -> None:
    found = bare.did("lesson", "list")
    assert found[1] == {
        "id": "khai-sinh",
        "title": {"vi": "Tiếp nhận hồ sơ đăng ký khai sinh", "en": "Receive a birth registration"},
        "level": 1,
        "minutes": 6,
        "steps": 4,
        "points": 75,
        "requires": ["lam-quen"],
        "done": 0,
        "passed": False,
    }
    shown = bare.run("lesson", "list", json=False).out
    assert "khai-sinh" in shown and "0 of 4 steps" in shown and "Receive a birth registration" in shown
    assert not bare.home.exists()


def test_a_new_lesson_is_written_once_and_holds_before_anything_is_changed(bare: Desk, tmp_path: Path) -> None:
    file = tmp_path / "bai.toml"
    assert bare.did("lesson", "new", "bai-cua-toi", file) == {"id": "bai-cua-toi", "file": str(file)}
    assert bare.did("lesson", "check", file) == {"file": str(file), "id": "bai-cua-toi", "faults": []}
    before = file.read_bytes()
    assert bare.run("lesson", "new", "khac", file).status == 1
    assert file.read_bytes() == before
    assert bare.run("lesson", "new", "Bài mới", tmp_path / "b.toml").status == 2


def test_a_check_names_every_fault_with_its_line_and_ends_with_1(bare: Desk, tmp_path: Path) -> None:
    file = tmp_path / "bai.toml"
    bare.did("lesson", "new", "a", file)
    text = file.read_text(encoding="utf-8").replace('want.event = "dossier.accepted"', 'want.event = "dossier.gone"')
    file.write_text(text.replace("level = 1", "levl = 1"), encoding="utf-8")

    ran = bare.run("lesson", "check", file)
    assert ran.status == 1
    assert [(one["line"], one["code"]) for one in ran.json["faults"]] == [(6, "unknown-key"), (48, "unknown-value")]
    shown = bare.run("lesson", "check", file, json=False).out.splitlines()
    assert shown[0] == f"{file}: line 6: levl is unknown; meant is perhaps level [unknown-key]"
    assert bare.run("lesson", "test", file).error == "RULE-201"


def test_an_unknown_lesson_and_a_missing_terminal_are_told(bare: Desk, tmp_path: Path) -> None:
    assert bare.run("lesson", "run", "khai-sin").error == "RULE-202"
    assert "khai-sinh" in bare.run("lesson", "run", "khai-sin").err
    assert bare.run("lesson", "run", "khai-sinh").error == bare.run("demo", "--lesson", "khai-sinh").error
    assert bare.run("demo", "--lesson", "khai-sinh", "--tour").status == 2
    (tmp_path / "x.toml").write_bytes(b"\xff\xfe")
    assert bare.run("lesson", "check", tmp_path / "x.toml").error == bare.run("lesson", "check", tmp_path).error
    assert not bare.home.exists()

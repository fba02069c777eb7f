"""What the system refuses is said in the officer's language, as the real system refuses it."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desk.errors.causes import cause_of
from desk.errors.store import FileUnreadable
from desk.words import speak, told


@pytest.fixture
def in_vietnamese() -> Iterator[None]:
    speak("vi")
    yield
    speak("en")


def refused(act: Callable[[], object]) -> BaseException:
    with pytest.raises((OSError, ValueError)) as caught:
        act()
    return caught.value


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("not-there", "không có tệp hoặc thư mục này"),
        ("file/below", "một phần của đường dẫn không phải là thư mục"),
        ("", "đây là thư mục, không phải tệp"),
        ("x" * 300, "tên quá dài"),
        ("a\0b", "không tệp nào có thể mang tên này"),
    ],
)
@pytest.mark.usefixtures("in_vietnamese")
def test_a_file_that_cannot_be_read_is_refused_in_vietnamese(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    error = refused(lambda: (tmp_path / name).read_bytes())
    assert told(FileUnreadable(file="f", cause=cause_of(error))).message == f"Không đọc được tệp f: {said}."


@pytest.mark.usefixtures("in_vietnamese")
def test_letters_that_are_not_utf8_and_a_port_without_anybody_are_told_in_vietnamese() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told_of = [
        told(FileUnreadable(file="f", cause=cause_of(refused(act)))).message
        for act in (lambda: b"\xff".decode(), lambda: socket.create_connection(("127.0.0.1", port)))
    ]
    assert told_of == [
        "Không đọc được tệp f: chữ trong đó không phải UTF-8.",
        "Không đọc được tệp f: không có gì trả lời ở địa chỉ này.",
    ]


def test_what_has_no_words_of_ours_is_said_by_the_system_and_no_typed_text_is_repeated() -> None:
    assert cause_of(OSError(9999, "strange")) == "strange"
    assert cause_of(ValueError("Nguyễn Thị Lan")) == "ValueError"

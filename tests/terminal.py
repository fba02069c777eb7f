"""Real terminals for tests: a program in tmux or on a bare pseudo-terminal, typed at as people and machines type.

with Terminal([sys.executable, "-m", "desk"], how="tmux") as terminal:
    terminal.wait_for("Tra cứu")
    terminal.send(b"\\x1b[13~")                # bytes, as they are
    terminal.key("F3", "Enter")               # keys by name
    terminal.type("nguyen")                   # text
    terminal.bursts(unikey("Huỳnh Bách"))     # as UniKey sends it
    terminal.send(scan(card))                 # as a scanner sends it
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import threading
import time
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import pyte

from tests.tools import needed

Erase = Literal[b"\x7f", b"\x08"]
Way = Literal["tmux", "pty"]

KEYS: dict[str, bytes] = {
    "Enter": b"\r",
    "Tab": b"\t",
    "BackTab": b"\x1b[Z",
    "Esc": b"\x1b",
    "Backspace": b"\x7f",
    "Delete": b"\x1b[3~",
    "Up": b"\x1b[A",
    "Down": b"\x1b[B",
    "Right": b"\x1b[C",
    "Left": b"\x1b[D",
    "Home": b"\x1b[H",
    "End": b"\x1b[F",
    "PageUp": b"\x1b[5~",
    "PageDown": b"\x1b[6~",
    **{f"F{n}": code for n, code in enumerate((b"\x1bOP", b"\x1bOQ", b"\x1bOR", b"\x1bOS"), start=1)},
    **{f"F{n}": b"\x1b[%d~" % code for n, code in zip(range(5, 10), (15, 17, 18, 19, 20), strict=True)},
    **{f"Ctrl+{letter}": bytes([ord(letter) - 64]) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
}
"""What a terminal sends for a key (xterm)."""

_WITHIN_S = 20.0
_LOOK_S = 0.02
_TMUX_LOOK_S = 0.05
"""tmux is asked by a process of its own each time."""
_NO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")


class Terminal:
    """A program on a terminal of its own; leave the `with` block and everything of it is gone.

    how: `tmux` (the screen as tmux understands it, bytes through its own reading of keys) or `pty` (bytes go
    to the program as they are, the screen as pyte understands it).
    """

    def __init__(
        self,
        command: Sequence[str],
        how: Way = "pty",
        *,
        columns: int = 80,
        lines: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
    ) -> None:
        self.env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LANG": "C.UTF-8"}
        self.env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONUTF8": "1"}
        self.env |= {name: os.environ[name] for name in ("PYTHONPATH", "VIRTUAL_ENV") if name in os.environ}
        self.env |= dict(env or {})
        kind = _Tmux if how == "tmux" else _Pty
        self._inside: _Tmux | _Pty = kind(command, columns, lines, self.env, os.fspath(cwd or Path.cwd()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._inside.pid

    @property
    def received(self) -> bytes:
        """Every byte the program has written; only on a `pty`."""
        assert isinstance(self._inside, _Pty), "tmux does not show the program's bytes"
        return bytes(self._inside.received)

    def screen(self) -> str:
        """Return what is seen now, a line of text for each line."""
        return self._inside.screen()

    def send(self, data: bytes) -> None:
        """Send bytes in one write."""
        self._inside.send(data)

    def bursts(self, bursts: Iterable[bytes], gap_s: float = 0.0) -> None:
        """Send several writes, `gap_s` apart (0: one write)."""
        if not gap_s:
            self.send(b"".join(bursts))
            return
        for burst in bursts:
            self.send(burst)
            time.sleep(gap_s)

    def type(self, text: str, gap_s: float = 0.0) -> None:
        """Type text, letter by letter if there is a gap."""
        self.bursts([letter.encode() for letter in text], gap_s)

    def key(self, *names: str, gap_s: float = 0.0) -> None:
        """Press keys by their names in KEYS."""
        self.bursts([KEYS[name] for name in names], gap_s)

    def wait_for(self, text: str, within_s: float = _WITHIN_S) -> str:
        """Wait until `text` is seen and return the screen; raises AssertionError with the screen."""
        return self.wait_until(lambda screen: text in screen, within_s, f"{text!r} is not seen")

    def wait_gone(self, text: str, within_s: float = _WITHIN_S) -> str:
        """Wait until `text` is not seen any more."""
        return self.wait_until(lambda screen: text not in screen, within_s, f"{text!r} is still seen")

    def wait_until(self, seen: Callable[[str], bool], within_s: float = _WITHIN_S, failing: str = "waited") -> str:
        """Wait until `seen(screen)` holds and return the screen; raises AssertionError with the screen."""
        end = time.monotonic() + within_s
        while not seen(screen := self.screen()):
            if time.monotonic() > end:
                raise AssertionError(f"{failing} after {within_s} s on:\n{screen}")
            time.sleep(_TMUX_LOOK_S if isinstance(self._inside, _Tmux) else _LOOK_S)
        return screen

    def wait_ended(self, within_s: float = _WITHIN_S) -> int:
        """Wait until the program has ended and return its status; only on a `pty`."""
        assert isinstance(self._inside, _Pty)
        return self._inside.process.wait(within_s)

    def hang_up(self) -> None:
        """Close the terminal as a closed window or a dropped line does; only on a `pty`."""
        assert isinstance(self._inside, _Pty)
        self._inside.hang_up()

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self._inside.resize(columns, lines)

    def kill(self) -> None:
        """End the program and its terminal at once."""
        self._inside.kill()


class _Tmux:
    """A tmux server of its own, so that nothing of a user's tmux is touched."""

    def __init__(self, command: Sequence[str], columns: int, lines: int, env: Mapping[str, str], cwd: str) -> None:
        tmux = shutil.which("tmux")
        needed("tmux")
        assert tmux is not None
        self._tmux = [tmux, "-u", "-L", f"desk-test-{uuid.uuid4().hex[:12]}", "-f", os.devnull]
        self._env = dict(env)
        settings = [arg for name, value in env.items() for arg in ("-e", f"{name}={value}")]
        size = ["-x", str(columns), "-y", str(lines)]
        self._run("new-session", "-d", *size, "-c", cwd, *settings, *command)
        self.pid = int(self._run("display-message", "-p", "#{pane_pid}"))

    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def send(self, data: bytes) -> None:
        for start in range(0, len(data), 400):
            self._run("send-keys", "-H", *(f"{byte:02x}" for byte in data[start : start + 400]))

    def resize(self, columns: int, lines: int) -> None:
        self._run("resize-window", "-x", str(columns), "-y", str(lines))

    def kill(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], env=self._env, capture_output=True, check=False)

    def _run(self, *args: str) -> str:
        done = subprocess.run([*self._tmux, *args], env=self._env, capture_output=True, check=False)
        assert done.returncode == 0, f"tmux {args[0]}: {done.stderr.decode()}"
        return done.stdout.decode()


class _Pty:
    """A pseudo-terminal, read all the time, shown by pyte."""

    def __init__(self, command: Sequence[str], columns: int, lines: int, env: Mapping[str, str], cwd: str) -> None:
        import pty  # does not exist on Windows, where this module is imported too

        self._here, there = pty.openpty()
        self.received = bytearray()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._pyte = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._pyte)
        self._rest = b""
        self.resize(columns, lines)
        self.process = subprocess.Popen(
            command, stdin=there, stdout=there, stderr=there, env=dict(env), cwd=cwd, start_new_session=True
        )
        os.close(there)
        self.pid = self.process.pid
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        while not self._closing.is_set():
            if not select.select([self._here], [], [], _LOOK_S)[0]:
                continue  # a read that waits would keep a closed terminal open
            try:
                data = os.read(self._here, 65536)
            except OSError:
                return
            if not data:
                return
            with self._lock:
                self.received += data
                whole, self._rest = _whole_sequences(self._rest + data)
                self._stream.feed(_NO_PYTE.sub(b"", whole))

    def screen(self) -> str:
        with self._lock:
            lines = [self._pyte.buffer[y] for y in range(self._pyte.lines)]
            # pyte's own `display` fails on the second half of a wide letter whose first half was written over
            texts = ["".join(line[x].data for x in range(self._pyte.columns)) for line in lines]
            return "\n".join(text.rstrip() for text in texts)

    def send(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._here, data) :]

    def resize(self, columns: int, lines: int) -> None:
        import fcntl  # does not exist on Windows
        import struct
        import termios

        fcntl.ioctl(self._here, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        with self._lock:
            self._pyte.resize(lines, columns)

    def hang_up(self) -> None:
        self._closing.set()
        self._reading.join()
        if self._here >= 0:
            os.close(self._here)
            self._here = -1

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.hang_up()


def _whole_sequences(data: bytes) -> tuple[bytes, bytes]:
    """Return `data` up to an escape sequence that is not whole yet, and the rest."""
    at = data.rfind(b"\x1b")
    if at < 0 or re.match(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07]*(?:\x07|\x1b\\)|[^\[\]])", data[at:]):
        return data, b""
    return data[:at], data[at:]


def scan(text: str, suffix: str = "\r") -> bytes:
    """Return what a scanner sends for a code."""
    return (text + suffix).encode()


def unikey(
    text: str,
    erase: Erase = b"\x7f",
    *,
    tone: Literal["last", "inside"] = "last",
    by: Literal["telex", "vni"] = "telex",
) -> list[bytes]:
    """Return what UniKey sends while `text` is typed, one burst for each key that is pressed.

    A key that changes letters before it comes as backspaces and the new letters, fused in one burst. erase:
    the byte of its backspaces, which differs between machines; tone: whether the tone's key is pressed at
    the end of the word or right behind its vowel; by: Telex shapes a letter right behind it, VNI's digits
    for the shapes go where the tone's goes.
    """
    bursts: list[bytes] = []
    for word in re.findall(r"\w+|\W+", unicodedata.normalize("NFC", text)):
        before = ""
        for after in _shaped_last(word) if (by, tone) == ("vni", "last") else _states(word, tone):
            same = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
            bursts.append(erase * (len(before) - same) + after[same:].encode())
            before = after
    return bursts


def _states(word: str, tone: str) -> list[str]:
    """Return what stands on the screen after each key of a word: letters, their shapes, its tone."""
    states, typed, toned = [], "", ""
    for at, letter in enumerate(word):
        base, shaped, whole = _parts(letter)
        states.append(typed + base)
        typed += base
        if shaped != base and not (shaped in "ưƯ" and word[at + 1 : at + 2] and _parts(word[at + 1])[1] in "ơƠ"):
            if shaped in "ơƠ" and at and _parts(word[at - 1])[1] in "ưƯ":  # one key shapes both letters
                typed = typed[:-2] + _parts(word[at - 1])[1] + shaped
            else:
                typed = typed[:-1] + shaped
            states.append(typed)
        if whole != shaped and tone == "inside":
            typed = typed[:-1] + whole
            states.append(typed)
        toned += whole
    if typed != toned:
        states.append(toned)
    return states


def _shaped_last(word: str) -> list[str]:
    """Return what stands on the screen after each key of a word whose shapes and tone are typed at its end."""
    parts = [_parts(letter) for letter in word]
    plain = [base for base, _shaped, _whole in parts]
    states = ["".join(plain[: at + 1]) for at in range(len(plain))]
    for shapes in ("âêôÂÊÔ", "ươƯƠ", "ăĂ", "đĐ"):  # 6, 7, 8, 9
        if any(shaped in shapes for _base, shaped, _whole in parts):
            plain = [shaped if shaped in shapes else now for now, (_b, shaped, _w) in zip(plain, parts, strict=True)]
            states.append("".join(plain))
    return states if states[-1] == word else [*states, word]


def _parts(letter: str) -> tuple[str, str, str]:
    """Return the letter without marks, with its shape, and whole."""
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D"), letter, letter
    base, *marks = list(unicodedata.normalize("NFD", letter))
    shape = "".join(mark for mark in marks if mark in "\u0302\u0306\u031b")
    return base, unicodedata.normalize("NFC", base + shape), letter

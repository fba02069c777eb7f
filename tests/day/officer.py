"""An officer at the screens: what he does for each kind of visit, and what he remembers of it afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desk.rules.lifecycle import STATUS_NAMES
from desk.words import in_language
from tests.day.place import PIN, Place
from tests.terminal import Terminal, scan, unikey


def said(message: str) -> str:
    """Return what the screens say for `message`: the desk of the day speaks Vietnamese."""
    return in_language("vi", message)


_SAVED = re.compile(re.escape(said("Saved last: {code}, due {due}").partition("{code}")[0]) + r"(\S+?),")
_VERY_SATISFIED = "Rất hài lòng"
CERTIFIED_COPY = "Bản sao từ bản chính"
BIRTH = "Khai sinh"


@dataclass(frozen=True)
class Citizen:
    """An invented citizen, as his card and his mouth say it."""

    name: str
    number: str
    born: str
    """ddmmyyyy."""
    sex: str
    phone: str = ""

    def card(self) -> str:
        """Return what a scanner reads of the card."""
        place = "Tổ 1, khu 2, phường Móng Cái 2, tỉnh Quảng Ninh"
        return f"{self.number}||{self.name}|{self.born}|{self.sex}|{place}|01032022"


@dataclass
class Memory:
    """What was told as done, for the evening's reckoning."""

    accepted: dict[str, str] = field(default_factory=dict)
    """Code to the owner's name exactly as typed or scanned."""
    handed_over: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    supplemented: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)


class Officer:
    """Types at the desk of a place."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.memory = Memory()
        self.terminal: Terminal = place.terminal()
        self._last = ""

    def sign_in(self) -> None:
        """Type the PIN and wait for the home screen."""
        self.terminal.wait_for("PIN")
        self.terminal.type(PIN)
        self.terminal.wait_for(said("Due today"))

    def leave(self) -> None:
        """End the screens."""
        self.terminal.kill()

    def certify(self, citizen: Citizen, pages: int, copies: int, *, scanned: bool, now: bool) -> str:
        """Certify copies: accepted with a slip, or handed over at once."""
        self._begin(citizen, scanned)
        self.terminal.type(self._digit(CERTIFIED_COPY))
        self.terminal.type(str(pages))
        self.terminal.key("Enter")
        self.terminal.type(str(copies))
        self.terminal.key("F5" if now else "F9")
        code = self._saved()
        self.memory.accepted[code] = citizen.name
        if now:
            self.memory.handed_over.append(code)
        return code

    def receive_birth(self, citizen: Citizen, *, scanned: bool) -> str:
        """Receive a birth registration."""
        self._begin(citizen, scanned)
        self.terminal.type("khai sinh")
        self.terminal.wait_for("1 Khai sinh ")
        self.terminal.key("Enter", "F9")
        code = self._saved()
        self.memory.accepted[code] = citizen.name
        return code

    def break_off(self, citizen: Citizen) -> None:
        """Type half of an intake and lose the power in the middle of it."""
        self._begin(citizen, scanned=False)
        self.terminal.type(self._digit(CERTIFIED_COPY))
        self.terminal.type("4")
        self.place.wait_for_draft(citizen.number)
        self.place.cut_power(self.terminal)
        self.terminal = self.place.terminal()
        self._last = ""

    def go_on(self, citizen: Citizen, copies: int) -> str:
        """Take the draft up again after the power is back, and save it."""
        self.terminal.key("F2")
        self.terminal.wait_until(lambda screen: "Enter" in screen and "Esc" in screen)
        self.terminal.key("Enter")
        self.terminal.wait_for(citizen.name)
        self.terminal.wait_for(CERTIFIED_COPY)
        self._to_copies()
        self.terminal.type(str(copies))
        self.terminal.key("F9")
        code = self._saved()
        self.memory.accepted[code] = citizen.name
        return code

    def give_back(self, code: str, slip: str) -> None:
        """Scan the slip, hand the result over, let the citizen answer."""
        self.terminal.send(scan(slip))
        self.terminal.wait_for(code)
        self.terminal.key("Enter")
        self.terminal.wait_for(said("Return the result"))
        self.terminal.wait_for(code)
        self.terminal.key("Enter")
        self.terminal.wait_for(_VERY_SATISFIED)
        self.terminal.type("1")
        self.terminal.key("Enter")
        self.terminal.wait_gone(_VERY_SATISFIED)
        self.memory.returned.append(code)

    def look_up(self, words: str, code: str) -> None:
        """Find a dossier and open it."""
        self.terminal.key("F3")
        self.terminal.wait_for(said("Lookup"))
        self.terminal.type(words)
        self.terminal.wait_for(code[-11:])
        self.terminal.key("Enter")
        self.terminal.wait_for(code)
        self.memory.looked_up.append(code)

    def ask_supplement(self, code: str, slip: str, reason: str) -> None:
        """Ask for missing papers."""
        self.terminal.send(scan(slip))
        self.terminal.wait_for(code)
        self.terminal.key("Enter")
        self._choose(said("Ask the citizen for missing papers"))
        self.terminal.bursts(unikey(reason))
        self.terminal.key("Enter", "Enter", "Enter")
        self.terminal.wait_for(said(STATUS_NAMES["supplement_requested"]))
        self.memory.supplemented.append(code)

    def accept_filed(self, code: str, owner: str) -> None:
        """Accept the oldest dossier of the inbox under the portal's code."""
        self._open_inbox()
        self.terminal.type(self._digit(code))
        self.terminal.wait_for(owner)
        self.terminal.key("F9")
        assert self._saved() == code
        self.memory.accepted[code] = owner

    def refuse_filed(self, code: str, reason: str) -> None:
        """Refuse a dossier of the inbox."""
        self._open_inbox()
        place = int(self._digit(code))
        self.terminal.key(*["Down"] * (place - 1), "F4")
        self._choose(said("Refuse to accept it"))
        self.terminal.bursts(unikey(reason))
        self.terminal.key("Enter", "Enter", "Enter")
        self.terminal.wait_for(said(STATUS_NAMES["refused"]))
        self.memory.refused.append(code)

    def home(self) -> str:
        """Go to the home screen and return it."""
        self.terminal.key("Ctrl+G")
        self.terminal.wait_for(said("Command"))
        self.terminal.type("0")
        self.terminal.wait_gone("┌")
        return self.terminal.wait_for(said("Due today"))

    def _begin(self, citizen: Citizen, scanned: bool) -> None:
        if scanned:
            self.terminal.send(scan(citizen.card()))
            self.terminal.wait_for(citizen.name)
            return
        self.terminal.key("F2")
        self.terminal.wait_for(said("Intake"))
        self.terminal.type(citizen.number)
        self.terminal.key("Enter")
        self.terminal.bursts(unikey(citizen.name))
        self.terminal.key("Enter")
        self.terminal.type(citizen.born)
        self.terminal.key("Enter")
        self.terminal.type(citizen.phone)
        self.terminal.key("Enter")
        self.terminal.type("mong cai 2")
        self.terminal.key("Enter")
        self.terminal.bursts(unikey("Tổ 1, "))
        self.terminal.key("Enter")
        self.terminal.wait_for(citizen.name)

    def _to_copies(self) -> None:
        """Put the cursor behind the pages, which the draft holds."""
        self.terminal.key("Enter")

    def _open_inbox(self) -> None:
        self.home()
        self.terminal.type("5")
        self.terminal.wait_for(said("Inbox"))

    def _choose(self, words: str) -> None:
        wanted = re.compile(rf"^\W*([1-9]) .*(?:{words})", re.MULTILINE)
        screen = self.terminal.wait_until(lambda seen: wanted.search(seen) is not None, failing=f"no line {words!r}")
        found = wanted.search(screen)
        assert found is not None
        self.terminal.type(found[1])

    def _digit(self, words: str) -> str:
        """Return the digit that chooses the line beginning with `words`, once that line is there."""
        wanted = re.compile(rf"([1-9]) {re.escape(words)}")
        screen = self.terminal.wait_until(lambda seen: wanted.search(seen) is not None, failing=f"no line {words!r}")
        found = wanted.search(screen)
        assert found is not None
        return found[1]

    def _saved(self) -> str:
        def is_new(screen: str) -> bool:
            found = _SAVED.search(screen)
            return found is not None and found[1] != self._last

        found = _SAVED.search(self.terminal.wait_until(is_new, failing="nothing new was saved"))
        assert found is not None
        self._last = found[1]
        return found[1]

"""A real print service (cupsd) of the test's own: its files in a temporary folder, its port on this machine only."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PDF_PPD = Path("/usr/share/ppd/cupsfilters/Generic-PDF_Printer-PDF.ppd")
"""A printer that takes PDF; of Debian's cups-filters, on which cups depends."""
_PATIENCE_S = 30.0

_CONF = """
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
PreserveJobHistory Yes
PreserveJobFiles Yes
JobRetryInterval 1
LogLevel info
<Location />
  Allow all
</Location>
<Location /admin>
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/tmp
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
Printcap
FileDevice Yes
SystemGroup root
User {user}
Group {group}
"""


def until(what: Callable[[], bool], why: str) -> None:
    """Wait for `what` to become true; raises AssertionError naming `why` after half a minute."""
    deadline = time.monotonic() + _PATIENCE_S
    while not what():
        assert time.monotonic() < deadline, why
        time.sleep(0.02)  # another program's state: nothing tells us of it


class PrintService:
    """One cupsd; `environment` is what its clients need."""

    def __init__(self) -> None:
        # Filters run as another user, who may not look into the test's own folder.
        self.folder = Path(tempfile.mkdtemp(prefix="cups-"))
        self.folder.chmod(0o755)
        for name in ("root", "spool", "cache", "state", "tmp", "root/ppd"):
            (self.folder / name).mkdir(exist_ok=True)
            (self.folder / name).chmod(0o777)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        is_root = hasattr(os, "geteuid") and os.geteuid() == 0
        user, group = ("lp", "lp") if is_root else (getpass.getuser(), getpass.getuser())
        (self.folder / "cupsd.conf").write_text(_CONF.format(port=self.port), encoding="utf-8")
        files = _FILES.format(folder=self.folder, user=user, group=group)
        (self.folder / "cups-files.conf").write_text(files, encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The variables under which `lp` and its like speak to this service."""
        return {"CUPS_SERVER": f"127.0.0.1:{self.port}"}

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = ["cupsd", "-f", "-c", f"{self.folder}/cupsd.conf", "-s", f"{self.folder}/cups-files.conf"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._answers, "cupsd does not answer")

    def stop(self) -> None:
        """Stop it in order."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(_PATIENCE_S)
        self._process = None

    def end(self) -> None:
        """Stop it and remove its files."""
        if self._process is not None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command: str) -> str:
        """Run a command of the print service; returns what it said, raises where it failed."""
        done = subprocess.run(
            command,
            env={**os.environ, **self.environment, "LC_ALL": "C"},
            capture_output=True,
            timeout=_PATIENCE_S,
            check=True,
        )
        return done.stdout.decode()

    def pdf_printer(self, name: str) -> Path:
        """Add a printer that takes PDF and puts it into a file; returns the file."""
        out = self.folder / f"{name}.pdf"
        self.run("lpadmin", "-p", name, "-E", "-v", f"file:{out}", "-P", str(PDF_PPD))
        return out

    def raw_printer(self, name: str, port: int) -> None:
        """Add a network printer that gets bytes as they are, and is tried again where it fails."""
        device = f"socket://127.0.0.1:{port}/?waiteof=false&snmp=false"
        self.run("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw", "-o", "printer-error-policy=retry-job")

    def said(self) -> str:
        """Return the end of its error log."""
        log = self.folder / "error"
        return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.is_file() else ""

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, f"cupsd ended: {self.said()}"
        try:
            with socket.create_connection(("127.0.0.1", self.port), 0.2):
                return True
        except OSError:
            return False

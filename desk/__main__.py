"""The command `desk`: the only room that prints, and the one that catches what nobody had foreseen."""

import sys

NAME = "motcua-desk"


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused or failed, 2 wrong usage."""
    given = sys.argv[1:] if arguments is None else arguments
    if given == ["--version"]:
        # Before anything else is loaded: scripts ask for the version, and it must cost next to nothing.
        from desk.version import VERSION

        print(f"{NAME} {VERSION}")
        return 0
    from desk.commands.run import run
    from desk.commands.voice import Voice

    is_unicode = _speak_unicode()
    try:
        status = run(given, Voice(_out, _note, is_unicode))
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_the_pipe()
        return 1
    return status


def _out(text: str) -> None:
    print(text, flush=True)


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _speak_unicode() -> bool:
    """Let both streams take every letter; return whether standard output took them by itself.

    Windows pipes and `PYTHONIOENCODING=cp1252:strict` know no Vietnamese and would raise in the middle of a name.
    """
    is_unicode = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf16", "utf32")
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)  # a stream that a caller put there may have none
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
    return is_unicode


def _let_go_of_the_pipe() -> None:
    """Keep the interpreter from failing once more when it closes a pipe whose reader has gone."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())

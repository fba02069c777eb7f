"""Troubles of the home, its database, its mirror and its key (codes STORE-)."""

from __future__ import annotations

import errno
from typing import Final

from desk.errors.base import N_, StoreTrouble

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system answers where a file cannot grow: a full disk, a quota that is used up, a limit of the process."""


class NewerDatabase(StoreTrouble):
    """The database was made by a later version of the program."""

    code = "STORE-01"
    said = N_("This data folder was last used by a newer version of the program ({found}).")
    safe = N_("Nothing was opened or changed.")
    do = N_("Start the newer version, or install it on this machine.")


class HomeUnreadable(StoreTrouble):
    """The home or its database cannot be opened."""

    code = "STORE-02"
    said = N_("The data folder cannot be opened: {cause}.")
    safe = N_("Nothing was changed.")
    do = N_("Check that the disk is there and that you may read and write the folder.")


class NoHome(StoreTrouble):
    """There is no desk in this folder yet."""

    code = "STORE-03"
    said = N_("There is no desk in this data folder yet.")
    safe = N_("Nothing was changed.")
    do = N_("Set the desk up with `desk setup`, or open practice mode with `desk demo`.")


class DiskFull(StoreTrouble):
    """The disk has no room for what should be saved."""

    code = "STORE-04"
    said = N_("The disk is full; this was NOT saved.")
    safe = N_("Everything saved before is safe, and what you typed stays on the screen.")
    do = N_("Free some space on the disk, then save again.")


class KeyMissing(StoreTrouble):
    """The desk's private key is not on this machine."""

    code = "STORE-05"
    said = N_("The key of this desk is not on this machine, so nothing can be written.")
    safe = N_("Everything saved before can be read.")
    do = N_("Bring the key file back, or enrol this machine as a desk of its own.")


class MirrorBehind(StoreTrouble):
    """The mirror could not be written after a commit."""

    code = "STORE-06"
    said = N_("The second copy of the log cannot be written: {cause}.")
    safe = N_("What you saved is saved in the database.")
    do = N_("Check the folder of the mirror; it is filled up by itself as soon as it can be written.")


class StoreBusy(StoreTrouble):
    """Another program holds the database for too long."""

    code = "STORE-07"
    said = N_("Another program is holding the database; this was NOT saved.")
    safe = N_("Everything saved before is safe, and what you typed stays on the screen.")
    do = N_("Wait a moment and save again; close other programs that use this folder.")


class DatabaseDamaged(StoreTrouble):
    """The database cannot be read as one."""

    code = "STORE-08"
    said = N_("The database is damaged: {cause}.")
    safe = N_("The mirror of the log is kept apart and was not touched.")
    do = N_("Do not delete anything. `desk restore` brings a desk back from a backup and the second copy of the log.")


class ReadOnlyHome(StoreTrouble):
    """The home can be read but not written."""

    code = "STORE-09"
    said = N_("The data folder cannot be written, so nothing can be saved.")
    safe = N_("Everything saved before can be read.")
    do = N_("Check the disk and the rights of the folder.")


class HomeExists(StoreTrouble):
    """A set-up was asked for a home that is one already."""

    code = "STORE-10"
    said = N_("This data folder holds a desk already.")
    safe = N_("Nothing was changed.")
    do = N_("Choose another folder with --home.")


class RealHomeRefused(StoreTrouble):
    """Practice was asked for in the folder of a real desk."""

    code = "STORE-11"
    said = N_("This data folder belongs to a real desk; practice may not touch it.")
    safe = N_("Nothing was changed.")
    do = N_("Leave --home away, or choose an empty folder.")


class ClockRefused(StoreTrouble):
    """DESK_CLOCK was set for a desk that may not use it, or is no instant."""

    code = "STORE-12"
    said = N_("DESK_CLOCK cannot be used: {cause}.")
    safe = N_("Nothing was changed.")
    do = N_("Unset DESK_CLOCK, or use a home that was set up with --allow-test-clock.")


class SettingsWrong(StoreTrouble):
    """The settings file has a fault."""

    code = "STORE-14"
    said = N_("The settings file {file} has a fault: {cause}.")
    safe = N_("Nothing was changed.")
    do = N_("Correct the line, or remove it to use the standard value.")


class KeyUnfit(StoreTrouble):
    """The settings remap something that is no act, or to something that is no key for it."""

    code = "STORE-35"
    said = N_("The setting of the keys cannot be used: {part}.")
    safe = N_("Nothing was changed.")
    do = N_("In desk.toml, [screen], write keys as act=key: acts are {acts}; keys are f1 to f12 or ctrl+letter.")


class KeyTwice(StoreTrouble):
    """The settings give one key to two acts."""

    code = "STORE-36"
    said = N_("The settings give the key {key} to two acts: {one} and {other}.")
    safe = N_("Nothing was changed.")
    do = N_("In desk.toml, [screen], keys: give each of the two a key of its own.")


class FileUnreadable(StoreTrouble):
    """A file the person named cannot be read."""

    code = "STORE-15"
    said = N_("The file {file} cannot be read: {cause}.")
    safe = N_("Nothing was changed.")
    do = N_("Check the name of the file and that you may read it.")


class FileUnwritable(StoreTrouble):
    """A file the person named cannot be written."""

    code = "STORE-31"
    said = N_("The file {file} cannot be written: {cause}.")
    do = N_("Name a file in a folder in which you may write, and close it where another program has it open.")


class DatabaseUnreachable(StoreTrouble):
    """The center's database server does not answer, or its address is none."""

    code = "STORE-16"
    said = N_("The database of the center cannot be reached: {cause}.")
    safe = N_("Nothing was changed.")
    do = N_("Check that the database server runs and that the address after --db is right.")


class CenterKeyMissing(StoreTrouble):
    """The center's private key is not on this machine."""

    code = "STORE-17"
    said = N_("The key of this center is not on this machine, so nobody could trust its answers.")
    safe = N_("Nothing was changed.")
    do = N_("Bring the key file back to the folder of the keys: {file}.")


class HomeTaken(StoreTrouble):
    """Other screens work on this home; these only read; facts: since."""

    code = "STORE-30"
    said = N_("Another window of the program works on this data folder since {since}; here you can only look.")
    safe = N_("Nothing was saved or changed here.")
    do = N_("Work in the other window, or close it and start again here.")


class AnswerWaits(StoreTrouble):
    """A citizen's answer could not be written yet; facts: cause, the code of what keeps it from being saved."""

    code = "STORE-37"
    said = N_("The citizen's answer is not saved yet ({cause}).")
    safe = N_("It waits in this window and is saved by itself as soon as that is possible.")
    do = N_("Do not close the window; free some space on the disk.")


class CenterExists(StoreTrouble):
    """A restore was asked for where a center is already."""

    code = "STORE-33"
    said = N_("This folder or database holds a center already.")
    safe = N_("Nothing was changed.")
    do = N_("Choose an empty folder with --home and an empty database with --db, or move the old one away first.")

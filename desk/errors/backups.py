"""What an officer can do about a backup that cannot be made or brought back (STORE-41 to 46, 51 to 56)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from desk.errors.base import N_, StoreTrouble

FAULTS: Final[Mapping[str, str]] = {
    "no backup": N_("it is no backup of this program"),
    "newer": N_("a newer version of the program wrote it"),
    "cut": N_("it ends in the middle"),
    "altered": N_("its bytes were changed"),
}
"""What is wrong with a file that should be a backup, as a part of a sentence."""


class BackupTrouble(StoreTrouble):
    """A backup was not made."""

    safe = N_("Your data and every earlier backup are as they were.")


class BackupNoRoom(BackupTrouble):
    """The disk has no room for a backup; facts: folder, wanted_mb, free_mb."""

    code = "STORE-41"
    said = N_("There is no room for a backup in {folder}: about {wanted_mb} MB are needed, {free_mb} MB are free.")
    do = N_("Free some space there, or name a folder on another drive: `desk backup DIR`.")


class BackupRefused(BackupTrouble):
    """The folder cannot be written."""

    code = "STORE-42"
    said = N_("No backup can be written into {folder}: {cause}.")
    do = N_("Check that the stick is not locked and you may write there, or name another folder: `desk backup DIR`.")


class BackupGone(BackupTrouble):
    """The folder, or the disk under it, went away."""

    code = "STORE-43"
    said = N_("The disk of {folder} went away while the backup was written: {cause}.")
    do = N_("Plug the stick or drive in again and make the backup once more.")


class BackupOfDamage(BackupTrouble):
    """The home's own database is not whole, so that a backup of it would be none."""

    code = "STORE-44"
    said = N_("The data is damaged ({cause}), so no backup was made of it.")
    do = N_("Do not delete anything. `desk restore` brings the desk back from the last good backup.")


class BackupUnproved(BackupTrouble):
    """What was written does not read back as it was."""

    code = "STORE-45"
    said = N_("What was written into {folder} does not read back as it was ({cause}); it was thrown away.")
    do = N_("That stick or disk loses data: take another one.")


class BackupRuns(BackupTrouble):
    """Another program makes a backup of this home at the moment."""

    code = "STORE-46"
    said = N_("Another backup of this data folder is being made at this moment.")
    do = N_("Wait until it is done.")


class RestoreTrouble(StoreTrouble):
    """Nothing was brought back."""

    safe = N_("The data folder and the backup are as they were.")


class BackupBad(RestoreTrouble):
    """The file is no whole backup of a desk; facts: file, cause."""

    code = "STORE-51"
    said = N_("{file} cannot be brought back: {cause}.")
    do = N_("Take another backup: the one before it, or one from another stick.")


class BackupOfOther(RestoreTrouble):
    """The backup is another desk's; facts: file."""

    code = "STORE-52"
    said = N_("{file} is the backup of another desk.")
    do = N_("Take a backup of this desk; for the other one name its own data folder with --home.")


class BackupOfOtherKind(RestoreTrouble):
    """Practice would come into a real desk's folder, or the other way round; facts: file."""

    code = "STORE-53"
    said = N_("{file} and this data folder do not belong together: one is practice, the other a real desk.")
    do = N_("Name the right data folder with --home; practice begins anew with `desk demo --reset`.")


class HomeIsNewer(RestoreTrouble):
    """The home is whole and holds more than the backup; facts: count."""

    code = "STORE-54"
    said = N_("This data folder is whole and holds {count} events more than the backup.")
    do = N_("Leave it as it is. Only if it must be put back all the same: `desk restore FILE --over-newer`.")


class RestoreNoRoom(RestoreTrouble):
    """The disk has no room for what should be brought back; facts: wanted_mb, free_mb."""

    code = "STORE-55"
    said = N_("There is no room to bring the backup back: about {wanted_mb} MB are needed, {free_mb} MB are free.")
    do = N_("Free some space on the disk, then try again.")


class RestoreFailed(RestoreTrouble):
    """The home could not be written; facts: cause."""

    code = "STORE-56"
    said = N_("The backup could not be brought back: {cause}.")
    safe = N_("The backup is as it was, and what was in the data folder is still there.")
    do = N_("Check the disk and the rights of the data folder, then try again.")

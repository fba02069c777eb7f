"""What an officer can do about a scanned paper that cannot be attached (RULE-170 to RULE-179, STORE-38 to STORE-40).

A file is named by its place among those given: its name may say whose paper it is, and facts go to the diagnostic file.
"""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken, StoreTrouble


class AttachmentUnfit(RuleBroken):
    """A file that is none of the kinds that are attached, whatever its name; facts: number."""

    code = "RULE-170"
    said = N_("File number {number} is no PDF, JPEG, PNG or TIFF by its content.")
    do = N_("Scan the paper anew as PDF or picture, and attach that file.")


class AttachmentTooLarge(RuleBroken):
    """A file that is too large to be sent over the lines of a commune; facts: number, most_mb."""

    code = "RULE-171"
    said = N_("File number {number} is larger than {most_mb} MB.")
    do = N_("Scan it at 200 dots per inch, or in several parts, and attach these.")


class DocumentLineUnknown(RuleBroken):
    """A line that the procedure's list of documents does not have; facts: line, known."""

    code = "RULE-172"
    said = N_("The procedure's list has no document number {line}.")
    do = N_("Choose one of: {known}, or leave the number away.")


class ScanFolderUnset(RuleBroken):
    """Files of the scanner are asked for, and nobody said where they are."""

    code = "RULE-173"
    said = N_("This desk does not know where the scanner's program puts its files.")
    do = N_("Write the folder as scan_folder into desk.toml, section [paper], and start the program again.")


class ScanChanged(RuleBroken):
    """A file that was written anew or taken away after it was shown; facts: number."""

    code = "RULE-174"
    said = N_("File number {number} has changed since it was shown; nothing was attached.")
    do = N_("Open the list again and choose the file as it is now.")


class ResultNotThere(RuleBroken):
    """A file is to be the result of a dossier that is not resolved; facts: code."""

    code = "RULE-210"
    said = N_("The dossier {code} has no result yet: it is not resolved.")
    do = N_("Record that it is resolved first, or attach the file as another paper.")


class AttachmentsFull(StoreTrouble):
    """This home keeps as many attachments as it may; facts: most_gb."""

    code = "STORE-38"
    said = N_("The attachments of this desk have reached {most_gb} GB.")
    safe = N_("Nothing was attached; everything saved before is safe.")
    do = N_("Tell the person in charge of the machines.")


class AttachmentNotKept(StoreTrouble):
    """The file could not be written to the home; facts: cause."""

    code = "STORE-39"
    said = N_("The attachment could not be kept: {cause}.")
    safe = N_("Nothing was attached; everything saved before is safe.")
    do = N_("Check the disk and its free space, then attach the file again.")


class ScanFolderUnreadable(StoreTrouble):
    """The scanner's folder is not there or cannot be read; facts: cause."""

    code = "STORE-40"
    said = N_("The folder of the scanner's files cannot be read: {cause}.")
    safe = N_("Nothing was attached; everything saved before is safe.")
    do = N_("Check scan_folder in desk.toml, and that the folder or its network drive is there.")

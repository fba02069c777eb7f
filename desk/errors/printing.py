"""Errors of papers and printers (codes PRINT-01 to PRINT-29)."""

from __future__ import annotations

from desk.errors.base import N_, PrintTrouble


class LettersMissing(PrintTrouble):
    """No typeface here has every letter of the paper; facts: letters (as U+ numbers)."""

    code = "PRINT-01"
    said = N_("The paper was not made: no typeface on this machine has the letters {letters}.")
    do = N_("Correct the text that holds them, or have a typeface that has them named in the settings.")


class TypefaceMissing(PrintTrouble):
    """The program's own typeface cannot be read; facts: where."""

    code = "PRINT-02"
    said = N_("The paper was not made: the typeface in {where} cannot be read.")
    do = N_("Have the program installed again; saved dossiers stay as they are.")


class PrinterOutOfPaper(PrintTrouble):
    """The printer has no paper; facts: printer."""

    code = "PRINT-03"
    said = N_("The paper was not printed: {printer} has no paper.")
    safe = N_("The dossier and its paper are saved.")
    do = N_("Put paper in and print it again from the papers (F7).")


class PrinterRefused(PrintTrouble):
    """The printer or its queue refused the paper; facts: printer, said_by_it."""

    code = "PRINT-04"
    said = N_("The paper was not printed: {printer} did not take it ({said_by_it}).")
    safe = N_("The dossier and its paper are saved.")
    do = N_("Look whether the printer is on and connected, then print it again from the papers (F7).")


class PrinterSilent(PrintTrouble):
    """No answer in time: whether the paper came out is not known; facts: printer, seconds."""

    code = "PRINT-05"
    said = N_("{printer} gave no answer within {seconds} seconds; whether the paper came out is not known.")
    safe = N_("The dossier and its paper are saved; nothing is printed a second time by itself.")
    do = N_("Look at the printer, then say in the papers (F7) whether the paper came out.")


class NoPrinter(PrintTrouble):
    """There is no printer and no viewer to hand the paper to; facts: where (the file)."""

    code = "PRINT-06"
    said = N_("No printer here: F7, F4 shows the paper. Its file is {where}.")
    safe = N_("The dossier and its paper are saved.")
    do = N_("A citizen's phone reads the code on the screen. Or open the file and print it elsewhere.")


class PaperNotKept(PrintTrouble):
    """The paper's file could not be written; facts: where, reason."""

    code = "PRINT-07"
    said = N_("The paper could not be written ({reason}): {where}.")
    do = N_("Make room on the disk or open the folder for writing; the paper is made again at the next start.")


class PaperFileMissing(PrintTrouble):
    """The paper's file is no longer there; facts: where."""

    code = "PRINT-08"
    said = N_("The paper was not printed: its file {where} is not there.")
    do = N_("Make the paper again from the papers (F7).")


class PictureReaderMissing(PrintTrouble):
    """The extra that reads codes from files is not installed; facts: extra."""

    code = "PRINT-09"
    said = N_("Codes in files cannot be read here: the part of the program that reads pictures is not installed.")
    safe = N_("Nothing was changed.")
    do = N_("Scan the paper or type its digits; or have it installed: pip install 'motcua-desk[{extra}]'.")


class PictureUnreadable(PrintTrouble):
    """A file that is no picture and no PDF; facts: file, cause."""

    code = "PRINT-10"
    said = N_("{file} cannot be read as a picture or a PDF ({cause}).")
    safe = N_("Nothing was changed.")
    do = N_("Give a PDF, PNG or JPEG of the paper, or type its digits.")


class PaperFileAltered(PrintTrouble):
    """The paper's file is not the one that was made; facts: where."""

    code = "PRINT-11"
    said = N_("The paper was not printed: its file {where} is not the one that was made.")
    do = N_("Make one more copy from the papers (F7), and have the disk looked at.")


class PrinterBusy(PrintTrouble):
    """Another program here is printing on it; facts: printer, seconds."""

    code = "PRINT-12"
    said = N_("{printer} has been taken by another program here for {seconds} seconds.")
    safe = N_("The paper waits in the queue and was not printed.")
    do = N_("Wait until the other paper is out, then print it from the papers (F7).")


class PrinterNotReady(PrintTrouble):
    """The printer says what keeps it from printing; facts: printer, said_by_it."""

    code = "PRINT-13"
    said = N_("The paper was not printed: {printer} is not ready ({said_by_it}).")
    safe = N_("The dossier and its paper are saved.")
    do = N_("Put it right at the printer, then print it again from the papers (F7).")


class PrinterAddressWrong(PrintTrouble):
    """No printer can be meant by what was typed; facts: typed."""

    code = "PRINT-15"
    said = N_("No printer can be reached under “{typed}”.")
    safe = N_("Nothing was changed.")
    do = N_("Type the address again: HOST or HOST:PORT, the path of the device, or the name of the printer.")


class NoViewer(PrintTrouble):
    """Nothing here opens the file of a paper; facts: where."""

    code = "PRINT-16"
    said = N_("Nothing on this machine opens the paper. It lies in {where}.")
    safe = N_("The dossier and its paper are saved.")
    do = N_("Open the file on a machine with a desktop, or let the citizen photograph the code on the screen.")


class PrinterStopped(PrintTrouble):
    """It stopped on the way: whether the whole paper came out is not known; facts: printer, said_by_it."""

    code = "PRINT-14"
    said = N_("{printer} stopped while it printed ({said_by_it}); whether the paper came out whole is not known.")
    safe = N_("The dossier and its paper are saved; nothing is printed a second time by itself.")
    do = N_("Look at the printer, then say in the papers (F7) whether the paper came out.")

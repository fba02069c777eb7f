"""What a use case refuses: a dossier, a code, a person or a state that does not fit (codes RULE-1xx)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class DossierUnknown(RuleBroken):
    """No dossier has this code."""

    code = "RULE-101"
    said = N_("There is no dossier {code} on this machine.")
    do = N_("Check the code, or look it up by name, number or phone with F3.")


class CodeAmbiguous(RuleBroken):
    """Two dossiers have the same code."""

    code = "RULE-102"
    said = N_("{count} dossiers have the code {code}.")
    do = N_("Look it up with F3 and open the right one.")


class ProcedureUnknown(RuleBroken):
    """No procedure has this code."""

    code = "RULE-103"
    said = N_("There is no procedure {procedure} in the catalogue.")
    do = N_("Check the code, or search the procedure by everyday words.")


class DocumentsMissing(RuleBroken):
    """Required documents were not handed in."""

    code = "RULE-104"
    said = N_("Required documents are missing: {missing}.")
    do = N_("Tick what was handed in, or accept the dossier as incomplete with a reason.")


class FeeNeeded(RuleBroken):
    """The fee of this procedure is set by the province and not known."""

    code = "RULE-105"
    said = N_("The fee of this procedure is set by the province and not known to the program.")
    do = N_("Enter the amount, or enter 0 with the ground of the exemption.")


class CodeTaken(RuleBroken):
    """A dossier with this code was accepted already."""

    code = "RULE-106"
    said = N_("The dossier {code} was accepted already.")
    do = N_("Open it with F3; a second acceptance is not possible.")


class FieldUnknown(RuleBroken):
    """The JSON has a field that nobody knows."""

    code = "RULE-107"
    said = N_("Unknown field {field} in the input.")
    do = N_("Correct the name; meant may be: {nearest}.")


class FieldWrong(RuleBroken):
    """A field of the JSON has a value it cannot have."""

    code = "RULE-108"
    said = N_("The field {field} cannot be {cause}.")
    do = N_("Correct the value and try again.")


class InputUnreadable(RuleBroken):
    """The input is no JSON object."""

    code = "RULE-109"
    said = N_("The input is not readable as JSON: {cause}.")
    do = N_("Correct the file and try again.")


class PagesNeeded(RuleBroken):
    """A certification needs pages and copies."""

    code = "RULE-110"
    said = N_("A certification is counted by pages and copies; both must be at least 1.")
    do = N_("Enter the number of pages and of copies.")


class CopiesWithoutCertification(RuleBroken):
    """Pages or copies were given for another procedure."""

    code = "RULE-111"
    said = N_("Pages and copies belong to a certification only.")
    do = N_("Leave them empty, or choose a certification procedure.")


class ClockQuestionable(RuleBroken):
    """The machine's clock cannot be right."""

    code = "RULE-112"
    said = N_("The clock of this machine shows {clock}, which cannot be right.")
    do = N_("Set the clock of the machine, or confirm date and hour on the screen.")


class NotOneOfUs(RuleBroken):
    """There is no such officer."""

    code = "RULE-113"
    said = N_("There is no officer {officer} at this desk.")
    do = N_("Set DESK_OFFICER to one of: {known}.")


class PinNeeded(RuleBroken):
    """An act needs an officer's PIN and none can be asked for."""

    code = "RULE-114"
    said = N_("This needs the PIN of an officer.")
    do = N_("Set DESK_PIN, or run the command in a terminal.")


class PinWrong(RuleBroken):
    """The PIN is not right."""

    code = "RULE-115"
    said = N_("The PIN is not right; tries left: {left}.")
    do = N_("Type the six digits again.")


class PinClosed(RuleBroken):
    """Too many wrong PINs."""

    code = "RULE-116"
    said = N_("Too many wrong PINs; the next try is possible in {minutes} min.")
    do = N_("Wait, or ask the lead.")


class PinUnfit(RuleBroken):
    """A PIN has six digits."""

    code = "RULE-117"
    said = N_("A PIN has six digits, not all the same and not in a row.")
    do = N_("Choose another PIN.")


class UnitUnknown(RuleBroken):
    """No unit has this code."""

    code = "RULE-118"
    said = N_("There is no unit {unit}.")
    do = N_("Check the code; meant may be: {nearest}.")


class TimeOfActWrong(RuleBroken):
    """A stated moment lies outside what is possible."""

    code = "RULE-119"
    said = N_("The moment {at} lies before the dossier's last event or in the future.")
    do = N_("State a moment between them, or leave it away.")


class NotReturnable(RuleBroken):
    """A result cannot be handed over in this state."""

    code = "RULE-120"
    said = N_("The result of {code} cannot be handed over: its status is {status}.")
    do = N_("Wait until the result is here; then return it with F5.")


class SurveyLevelUnknown(RuleBroken):
    """No such level of satisfaction."""

    code = "RULE-121"
    said = N_("There is no survey level {level}.")
    do = N_("Use one of: very_satisfied, satisfied, dissatisfied, declined.")


class PeriodWrong(RuleBroken):
    """The days of a period are no days or in the wrong order."""

    code = "RULE-122"
    said = N_("{first} to {last} is no period.")
    do = N_("Write days as 2026-11-25, the first one first.")


class NothingToSay(RuleBroken):
    """A linked code is empty or the same."""

    code = "RULE-123"
    said = N_("The code in the other system is empty or already there.")
    do = N_("Type the code that the other system shows.")


class SimulationRefused(RuleBroken):
    """Invented dossiers may not be put among real ones."""

    code = "RULE-124"
    said = N_("Invented dossiers are only made in practice or in a home set up with --allow-test-clock.")
    do = N_("Use `desk demo`, or set up a test home.")


class FiledWrong(RuleBroken):
    """A file of dossiers filed online has faults."""

    code = "RULE-125"
    said = N_("The file of dossiers filed online has faults: {faults}.")
    do = N_("Correct these lines and import the file again; nothing is taken twice.")


class MomentUnreadable(RuleBroken):
    """A text is no instant."""

    code = "RULE-126"
    said = N_("{text} is no moment in time.")
    do = N_("Write it as 2026-11-25T08:30:00+07:00.")


class NoUndo(RuleBroken):
    """There is nothing of this officer to reverse."""

    code = "RULE-127"
    said = N_("There is no act of yours in the last five minutes that can be reversed.")
    do = N_("Correct the dossier instead; the correction stays visible in its history.")


class PaperUnknown(RuleBroken):
    """There is no such paper or print job."""

    code = "RULE-128"
    said = N_("There is no paper or print job {paper}.")
    do = N_("List them with `desk print list`.")


class DossierUndone(RuleBroken):
    """The acceptance of this dossier was reversed."""

    code = "RULE-129"
    said = N_("The acceptance of {code} was reversed; the dossier is no longer valid.")
    do = N_("Receive the dossier anew with F2; it gets a new code.")


class NothingCorrected(RuleBroken):
    """A correction says what is there already."""

    code = "RULE-130"
    said = N_("Nothing in the correction differs from what the dossier {code} says.")
    do = N_("Name the fields that are wrong, with their right values.")


class AcceptByIntake(RuleBroken):
    """A dossier filed online was moved to `accepted` without an intake."""

    code = "RULE-131"
    said = N_("The dossier {code} cannot be accepted by a move: its documents, fee and due moment are not known yet.")
    do = N_("Accept it from the inbox, or with `desk intake` and its code.")


class NoIncident(RuleBroken):
    """A dossier without an open incident was to be settled."""

    code = "RULE-132"
    said = N_("The dossier {code} has no open incident.")
    do = N_("List those that are open with `desk incident list`.")

"""Errors of the rules of time, codes and lifecycle: what was typed must change (codes RULE-10 to RULE-49)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class CalendarKeyUnknown(RuleBroken):
    """A key the calendar file does not know; facts: key, known (the nearest, or all)."""

    code = "RULE-10"
    said = N_("A calendar file has no entry named {key}.")
    do = N_("Write {known}, or take the entry out, and try again.")


class CalendarEntryUnreadable(RuleBroken):
    """An entry of the wrong shape; facts: key, text."""

    code = "RULE-11"
    said = N_("The entry {key} of the calendar file cannot be read: {text}.")
    do = N_('Write days as "2026-04-30" and hours as "07:30-11:30", in lists, and try again.')


class CalendarHoursImpossible(RuleBroken):
    """Hours that end before they begin, overlap or stand in the wrong order; facts: key, text."""

    code = "RULE-12"
    said = N_("The hours of {key} are impossible: {text}.")
    do = N_("Each part of the day ends after it begins and before the next part begins; correct the hours.")


class CalendarWithoutHours(RuleBroken):
    """A calendar without any working hours, or a made-up day without hours to use; facts: key."""

    code = "RULE-13"
    said = N_("The calendar gives no working hours for {key}.")
    do = N_("Write the hours of at least one weekday, and of each made-up working day.")


class CalendarEnds(RuleBroken):
    """A day beyond what the calendar knows; it is never guessed. Facts: reach (the last known day)."""

    code = "RULE-14"
    said = N_("The calendar reaches only to {reach}, the time asked for goes beyond it.")
    do = N_("Import the holidays of the following year, then try again.")


class HolidaysMissing(RuleBroken):
    """No holidays were imported, so no calendar of the desk can be made."""

    code = "RULE-15"
    said = N_("This desk has no holidays, so no due date can be computed.")
    do = N_("Import the list of holidays, then try again.")


class TermUnreadable(RuleBroken):
    """A statutory time that cannot be read or used; facts: term."""

    code = "RULE-16"
    said = N_("The time {term} cannot be read.")
    do = N_('Write a number above 0 and a unit, as in "3 working_day", "20 calendar_day", "4 hour", "1 within_day".')


class CutoffUnreadable(RuleBroken):
    """A cut-off that is no time of day; facts: cutoff."""

    code = "RULE-17"
    said = N_("The cut-off {cutoff} is not a time of day.")
    do = N_('Write hours and minutes, as in "15:00".')


class PeriodBackwards(RuleBroken):
    """A period that ends before it begins; facts: start, end."""

    code = "RULE-18"
    said = N_("The period ends at {end}, before it begins at {start}.")
    do = N_("Exchange the two moments or correct one of them.")


class PublishedTooLong(RuleBroken):
    """A published time that ends later than the law's; facts: published, law."""

    code = "RULE-19"
    said = N_("The published time {published} ends later than the time of the law, {law}.")
    do = N_("Correct the published time: it may only be shorter.")


class MoveImpossible(RuleBroken):
    """A move the lifecycle does not have; facts: status, to, possible (all of them read as names)."""

    code = "RULE-20"
    said = N_("A dossier that is “{status}” cannot become “{to}”. Possible now: {possible}.")
    do = N_("Choose one of the possible moves.")


class LeadNeeded(RuleBroken):
    """An act only the lead may do; facts: act."""

    code = "RULE-21"
    said = N_("Only the lead may do this: {act}.")
    do = N_("Ask the lead to sign in and do it.")


class ReasonNeeded(RuleBroken):
    """A move that demands its reason; facts: to."""

    code = "RULE-22"
    said = N_("The move to “{to}” needs its reason; it is printed on the citizen's paper.")
    do = N_("Write the concrete reason.")


class UnitNeeded(RuleBroken):
    """Passing a dossier on without saying to whom; facts: status."""

    code = "RULE-23"
    said = N_("The dossier is already “{status}”; to pass it on, the body that takes it must be named.")
    do = N_("Name the body that takes the dossier.")


class CaseUnknown(RuleBroken):
    """A case that the procedure does not have through this channel; facts: case, nearest."""

    code = "RULE-25"
    said = N_("This procedure has no case named {case} through this channel.")
    do = N_("Choose one of these: {nearest}.")


class StatusUnknown(RuleBroken):
    """A status that does not exist; facts: status, nearest."""

    code = "RULE-24"
    said = N_("There is no status named {status}.")
    do = N_("Choose one of these: {nearest}.")


class CodeUnreadable(RuleBroken):
    """A text that is no dossier code; facts: text (a code, never a person)."""

    code = "RULE-30"
    said = N_("{text} is not a dossier code.")
    do = N_('Write it as on the slip, for example "H49.35-261008-0003".')


class CheckDigitsWrong(RuleBroken):
    """A code whose check digits do not fit: one character was mistyped; facts: code_typed, check."""

    code = "RULE-31"
    said = N_("The check digits {check} do not belong to {code_typed}: a character was mistyped.")
    do = N_("Compare the code with the slip and type it again.")


class AgencyCodeUnreadable(RuleBroken):
    """A text that is no agency code; facts: text."""

    code = "RULE-32"
    said = N_("{text} is not an agency code.")
    do = N_('Write letters and digits parted by dots, for example "H49.35".')


class SlotUnknown(RuleBroken):
    """A slot of serials that does not exist; facts: slot, last (the highest slot)."""

    code = "RULE-33"
    said = N_("There is no slot {slot}; the slots are 0 to {last}.")
    do = N_("Say which machine of the unit this is: 0 is the first one.")


class SerialsUsedUp(RuleBroken):
    """A desk that has given out every number of a day, provisional ones too; facts: day."""

    code = "RULE-34"
    said = N_("All numbers of {day} are used up.")
    do = N_("Receive the next dossier at another desk of the unit.")


class CauseUnknown(RuleBroken):
    """A cause that does not exist; facts: cause, nearest."""

    code = "RULE-40"
    said = N_("There is no cause of delay named {cause}.")
    do = N_("Choose one of these: {nearest}.")


class ApologyTooLate(RuleBroken):
    """An apology after the due moment; facts: due."""

    code = "RULE-41"
    said = N_("The apology must be sent before the dossier is due, and it was due at {due}.")
    do = N_("Record the cause of the delay; the dossier counts as overdue without an apology.")


class ApologyGivenAlready(RuleBroken):
    """A second apology; facts: due (the date of the first one)."""

    code = "RULE-42"
    said = N_("This dossier has its apology already, with the new date {due}; there is only one.")
    do = N_("Record the cause of the delay instead.")


class NewDateTooEarly(RuleBroken):
    """A new date that is not later than the old one; facts: due, old_due."""

    code = "RULE-43"
    said = N_("The new date {due} is not later than the old one, {old_due}.")
    do = N_("Give a later date.")


class NewDateOutsideHours(RuleBroken):
    """A new date on which nobody could collect; facts: due."""

    code = "RULE-44"
    said = N_("At the new date {due} the desk does not work.")
    do = N_("Give a moment within the working hours.")


class NotRunning(RuleBroken):
    """An extension of a dossier whose time does not run; facts: status (reads as a name)."""

    code = "RULE-45"
    said = N_("A dossier that is “{status}” has no running time that could be late.")
    do = N_("Look up the dossier's history and choose another act.")


class StopOpen(RuleBroken):
    """A second stop of the clock while one is open; facts: since."""

    code = "RULE-46"
    said = N_("The time of this dossier stands still already, since {since}.")
    do = N_("End the open request first.")


class BodyNeeded(RuleBroken):
    """A cause that lies with another body, without saying which; facts: cause (reads as a name)."""

    code = "RULE-47"
    said = N_("The cause “{cause}” needs the body that is late.")
    do = N_("Name the body.")


class EvidenceNeeded(RuleBroken):
    """A cause that says nothing by itself; facts: cause (reads as a name)."""

    code = "RULE-48"
    said = N_("The cause “{cause}” must be described.")
    do = N_("Write what happened.")


class OutageNotOver(RuleBroken):
    """An outage that ends in the future; facts: end."""

    code = "RULE-49"
    said = N_("The fault cannot end at {end}, that is still to come.")
    do = N_("Record the fault when it is over, or give the present moment as its end.")

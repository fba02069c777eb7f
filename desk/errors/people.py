"""What an officer can do about a person, a number or a sum that cannot be right."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class NameMissing(RuleBroken):
    """A person or an organisation without a name."""

    code = "RULE-60"
    said = N_("The name is missing.")
    do = N_("Type the full name as it stands on the identity paper or the registration.")


class NameUnreadable(RuleBroken):
    """A name without a single letter, or longer than any register takes."""

    code = "RULE-61"
    said = N_("This is no name: it has no letter, or more than {limit} characters.")
    do = N_("Type the full name as it stands on the identity paper or the registration.")


class IdentityNumberUnreadable(RuleBroken):
    """A number of a form that no identity paper has."""

    code = "RULE-62"
    said = N_("No identity paper has a number of this form.")
    do = N_(
        "A personal number has 12 digits, an old identity card 9, a passport letters and digits. "
        "Compare with the paper, or leave the field empty."
    )


class TaxCodeUnreadable(RuleBroken):
    """A tax code of the wrong length or form."""

    code = "RULE-63"
    said = N_("No tax code has this form.")
    do = N_(
        "A tax code has 10 digits, or 13 with a hyphen before the last three; a household business may give "
        "the owner's 12 digits. Compare with the registration."
    )


class BornInFuture(RuleBroken):
    """A day of birth after the day of the dossier."""

    code = "RULE-64"
    said = N_("The day of birth lies after today.")
    do = N_("Compare the day of birth with the identity paper and type it again.")


class BornTooLongAgo(RuleBroken):
    """A day of birth before 1 January 1850, for which no living memory or paper of today exists."""

    code = "RULE-65"
    said = N_("The day of birth lies before the year {year}.")
    do = N_("Compare the day of birth with the identity paper and type it again.")


class DateUnreadable(RuleBroken):
    """A text that names no day of the calendar."""

    code = "RULE-66"
    said = N_("This is no day of the calendar.")
    do = N_("Type day, month and year, for example 15/05/1990 or 15051990.")


class AmountUnreadable(RuleBroken):
    """A text that is no whole sum of đồng."""

    code = "RULE-70"
    said = N_("This is no whole sum of đồng.")
    do = N_("Type the sum in digits, for example 21000 or 21.000.")


class ExemptionWithoutGround(RuleBroken):
    """A fee waived without saying why."""

    code = "RULE-72"
    said = N_("A fee of 0 needs the ground for the exemption.")
    do = N_("Name the ground, for example: poor household, person with meritorious service.")


class PagesMissing(RuleBroken):
    """A certification without the counts its fee is made of."""

    code = "RULE-73"
    said = N_("The fee of this certification needs the pages and the copies.")
    do = N_("Type both as whole numbers: pages from 1 to {pages}, copies from 1 to {copies}.")


class StillNeeded(RuleBroken):
    """An officer cannot be taken out: he acts himself, or is the only lead."""

    code = "RULE-88"
    said = N_("{officer} is needed at this desk: nobody takes himself out, and one lead stays.")
    do = N_("Let another lead do it, or make another officer lead first.")

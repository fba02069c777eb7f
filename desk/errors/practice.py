"""What can go wrong in practice alone (codes RULE-200 to RULE-209)."""

from __future__ import annotations

from desk.errors.base import N_, RuleBroken


class TourStopped(RuleBroken):
    """A step of the tour did not happen; facts: step."""

    code = "RULE-200"
    said = N_("The tour stopped: its step {step} did not happen.")
    safe = N_("Nothing outside practice was touched.")
    do = N_("Begin practice anew with `desk demo --reset --tour`.")


class LessonFaulty(RuleBroken):
    """A lesson's file with faults. Facts: count, faults (all of them, with their lines)."""

    code = "RULE-201"
    said = N_("The lesson has faults ({count}): {faults}")
    safe = N_("Nothing was played or changed.")
    do = N_("Correct these lines of the file, then run `desk lesson check` again.")


class LessonUnknown(RuleBroken):
    """There is no such lesson; facts: lesson, nearest."""

    code = "RULE-202"
    said = N_("There is no lesson {lesson}.")
    safe = N_("Nothing was played or changed.")
    do = N_("Lessons are listed by `desk lesson list`; near to it: {nearest}. A file of your own is named by its path.")


class StepNotDone(RuleBroken):
    """A lesson was played by itself and a step did not do what it wants; facts: lesson, step, why."""

    code = "RULE-203"
    said = N_("The lesson {lesson} does not hold: step {step}, {why}.")
    safe = N_("It was played in a folder of its own, which is gone.")
    do = N_("Correct what the step does or wants, then run `desk lesson test` again.")

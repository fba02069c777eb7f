"""Return in the plain talk: which dossier, who takes the result, with or without the slip."""

from __future__ import annotations

from desk.cases.context import Officer
from desk.cases.fee_words import fee_words
from desk.cases.services import Services
from desk.cases.takers import place_of, takers
from desk.cases.views import DossierView
from desk.commands.looking import status_name
from desk.commands.plain.finding import asked_for
from desk.commands.plain.paper import print_owed
from desk.commands.plain.talk import Talk
from desk.errors.acts import NotReturnable
from desk.rules.lifecycle import status_said
from desk.rules.people.person import Person
from desk.rules.scans import CardScan, classify
from desk.words import _


def hand_out(talk: Talk, services: Services, officer: Officer) -> None:
    """Hand one result over and print its receipt; nothing is written before the last question is answered."""
    view = asked_for(talk, services, officer, _("Whose result? Scan the slip, or code, name, number"))
    if view is None:
        return
    line = view.line
    talk.say(f"{line.code}  {line.owner}  {line.alias}  {status_name(line.status)}")
    if line.status not in ("resolved", "stopped"):
        talk.tell(NotReturnable(code=line.code, status=status_said(line.status)))
        return
    if line.place:
        talk.say(_("The result is kept in {place}.").format(place=line.place))
    if view.fee_dong is None or view.owed_dong:
        talk.say(_("Fee: {fee}").format(fee=fee_words(view)))
    receiver, note = _taker(talk, view)
    has_slip = talk.agrees(_("Was the slip handed in?"))
    if not talk.agrees(_("Hand the result of {code} over now?").format(code=line.code)):
        talk.say(_("Nothing was saved."))
        return
    done = services.returning.give(line.id, officer, receiver=receiver, lost_slip=not has_slip, note=note)
    talk.say(
        _("Saved. The result of {code} was handed over to {receiver}.").format(code=done.code, receiver=done.receiver)
    )
    print_owed(talk, services, lambda: services.papers.make_owed(done.dossier, officer))


def _taker(talk: Talk, view: DossierView) -> tuple[Person | None, str]:
    """Return who takes the result (None: whoever filed) and by what right."""
    named = takers(view)
    lines = [one.person.name for one in named] + [_("Somebody else")]
    place = talk.choose(_("Who takes it? (a card may be scanned after choosing somebody else)"), lines, 0)
    if place == 0:
        return None, ""
    if place < len(named):
        return named[place].person, ""
    answer = talk.ask(_("Scan the card, or type the name"))
    scan = classify(answer)
    if isinstance(scan, CardScan):
        card = scan.card
        if (at := place_of(card, named)) is not None:
            return named[at].person, ""
        person = Person(card.name, personal_id=card.personal_id, born_on=card.born_on, sex=card.sex)
    else:
        person = Person(answer, personal_id=talk.ask(_("Number of the identity card")))
    return person, talk.ask(_("By what right? (such as: authorised in writing)"))

"""Troubles of joining a center and of the exchange with it (codes SYNC-); what was saved waits in the log."""

from __future__ import annotations

from desk.errors.base import N_, SyncTrouble

_JOIN_SAFE = N_("Nothing was changed; this desk works on as before.")
_NEW_TOKEN = N_("Ask the person in charge of the center for a new token.")
_TELL = N_("Work goes on. Tell the person in charge of the center.")


class CenterUnreachable(SyncTrouble):
    """Nobody answers at the center's address."""

    code = "SYNC-01"
    said = N_("The center cannot be reached: {cause}.")
    do = N_("Nothing needs doing: it is tried again by itself. If it lasts, check cable and network.")


class LinkCut(SyncTrouble):
    """The line broke, or stood still, in the middle of an exchange."""

    code = "SYNC-02"
    said = N_("The line to the center broke in the middle: {cause}.")
    do = N_("Nothing needs doing: it is tried again by itself. If it lasts, check cable and network.")


class NotTheCenter(SyncTrouble):
    """Something answered that is not signed by the center: a network's sign-in page, a proxy, another server."""

    code = "SYNC-03"
    said = N_("What answered is not the center; it may be the sign-in page of a network.")
    do = N_("Check the network: open a browser and see whether it asks you to sign in.")


class CertificateDoubted(SyncTrouble):
    """The center's TLS certificate is not accepted."""

    code = "SYNC-04"
    said = N_("The security certificate of the center is not accepted: {cause}.")
    do = N_("Check the date and hour of this machine; if they are right, tell the person in charge of the center.")


class AuthorityUnreadable(SyncTrouble):
    """The file of the authority that a desk is to believe holds no certificate."""

    code = "SYNC-43"
    said = N_("The file {file} holds no certificate of an authority.")
    do = N_("Ask the person in charge of the center for it (PEM) and name it with `desk enrol ... --ca FILE`.")


class ForkFound(SyncTrouble):
    """The center holds other events under numbers that this log has used: one of the two is a copy."""

    code = "SYNC-05"
    said = N_("The center holds other acts under the numbers of this desk: its folder was copied or put back.")
    do = N_("Go on working, delete nothing, and tell the person in charge of the center.")


class NotEnrolled(SyncTrouble):
    """The desk has joined no center yet."""

    code = "SYNC-06"
    said = N_("This desk has not joined a center yet.")
    do = N_("Join with `desk enrol URL TOKEN`; the center's people give you both.")


class DeskUnknown(SyncTrouble):
    """The center does not know the desk (any more)."""

    code = "SYNC-07"
    said = N_("The center does not know this desk.")
    do = _TELL


class DeskRevoked(SyncTrouble):
    """The center takes nothing more from the desk."""

    code = "SYNC-08"
    said = N_("The center takes nothing more from this desk: its key was revoked.")
    do = _TELL


class SegmentRefused(SyncTrouble):
    """The center could not read what was sent, though the line was whole."""

    code = "SYNC-09"
    said = N_("The center could not read number {seq} of this desk's log.")
    do = N_("Do not delete anything. Run `desk check` and tell the person in charge of the machines.")


class CenterBusy(SyncTrouble):
    """The center cannot take anything just now."""

    code = "SYNC-10"
    said = N_("The center is busy.")
    do = N_("Nothing needs doing: it is tried again by itself in {wait_s} seconds.")


class CenterConfused(SyncTrouble):
    """The center's answers do not lead on."""

    code = "SYNC-11"
    said = N_("The answers of the center do not fit together.")
    do = _TELL


class CopyAlive(SyncTrouble):
    """This home is an older copy, and the machine it was copied from works on under the same name."""

    code = "SYNC-12"
    said = N_("Another machine works under the name of this desk: this folder is a copy of an older state.")
    safe = N_("Everything entered here is saved and was sent to the center.")
    do = N_("Stop working on this machine, and set up a desk of its own here with `desk setup` and a new token.")


class TokenUnreadable(SyncTrouble):
    """What was typed is no enrolment token."""

    code = "SYNC-20"
    said = N_("The token is not complete, or a letter of it is wrong.")
    safe = _JOIN_SAFE
    do = N_("Type its 14 groups of four again.")


class TokenUnknown(SyncTrouble):
    """The center did not make this token."""

    code = "SYNC-21"
    said = N_("The center does not know this token.")
    safe = _JOIN_SAFE
    do = _NEW_TOKEN


class TokenExpired(SyncTrouble):
    """The token is older than 72 hours."""

    code = "SYNC-22"
    said = N_("The token has expired: it is good for 72 hours.")
    safe = _JOIN_SAFE
    do = _NEW_TOKEN


class TokenUsed(SyncTrouble):
    """Another desk joined with the token."""

    code = "SYNC-23"
    said = N_("Another desk has joined with this token.")
    safe = _JOIN_SAFE
    do = _NEW_TOKEN


class TokenOfOtherUnit(SyncTrouble):
    """The token was made for a desk of another unit."""

    code = "SYNC-24"
    said = N_("The token is for unit {token_unit}, but this desk belongs to unit {unit}.")
    safe = _JOIN_SAFE
    do = N_("Ask for a token of this unit, or set the desk up for the other one.")


class SlotTaken(SyncTrouble):
    """Another desk of the unit has the slot."""

    code = "SYNC-25"
    said = N_("Another desk of unit {unit} has slot {slot}.")
    safe = _JOIN_SAFE
    do = N_("Choose a free slot.")


class DeskKnown(SyncTrouble):
    """The center knows the desk under another key."""

    code = "SYNC-26"
    said = N_("The center knows this desk under another key: its data folder was copied.")
    safe = _JOIN_SAFE
    do = N_("Set up a desk of its own on this machine.")


class HostTooLong(SyncTrouble):
    """The citizens' address does not fit the QR of a slip."""

    code = "SYNC-27"
    said = N_("The host of the citizens' address is longer than {longest} characters and does not fit the slip's QR.")
    safe = _JOIN_SAFE
    do = N_("Give the center a shorter address.")


class WrongCenter(SyncTrouble):
    """The token names another center than the one that answered."""

    code = "SYNC-28"
    said = N_("What answers at this address is not the center that made the token.")
    safe = _JOIN_SAFE
    do = N_("Check the address and the network, then try again.")


class AddressUnreadable(SyncTrouble):
    """What was typed is no address of a center."""

    code = "SYNC-29"
    said = N_("{url} is not an address of a center.")
    safe = _JOIN_SAFE
    do = N_("Type it as in https://host or http://host:port.")


class CannotListen(SyncTrouble):
    """The center's address is in use or not of this machine."""

    code = "SYNC-30"
    said = N_("The center cannot listen at {address}: {cause}.")
    safe = N_("Nothing was changed.")
    do = N_("Choose another --host or --port, or end the program that uses it.")


class NoBundle(SyncTrouble):
    """A file or a stick holds nothing that an export wrote."""

    code = "SYNC-31"
    said = N_("There is no bundle in {file}.")
    safe = N_("Nothing was changed.")
    do = N_("Name the file that `desk bundle export` wrote, or the folder of the stick.")


class BundleForAnother(SyncTrouble):
    """Every part of a bundle is locked for somebody else."""

    code = "SYNC-32"
    said = N_("The bundle is locked for another desk or center; this one cannot open it.")
    safe = N_("Nothing was changed, and nothing in the file was read.")
    do = N_("Take it to where it belongs, or export again from a desk that joined this center.")


class BundleTorn(SyncTrouble):
    """No part of a bundle is whole."""

    code = "SYNC-33"
    said = N_("No part of the bundle is whole: the stick was pulled out too early, or is damaged.")
    safe = N_("Nothing was changed; the desk that wrote it still has everything.")
    do = N_("Export again, and eject the stick before pulling it out.")


class NoReply(SyncTrouble):
    """A bundle holds no answer of the center for this desk."""

    code = "SYNC-34"
    said = N_("The bundle holds no answer of the center for this desk.")
    safe = N_("Nothing was changed.")
    do = N_("Bring the stick to the center first; there `desk center bundle import` writes the reply.")

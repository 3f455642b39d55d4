"""The parts of a unit of work, by the names that `casework/work.py` and its like give them.

Each is made when it is first asked for: of forty, a message needs a few, and a courier three.
"""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from casework.actor import TELEPHONE
from storage.arrivals import StoredArrivals
from storage.attempts import StoredAttempts
from storage.audit import StoredAudit
from storage.binding import BoundConnection
from storage.booking import StoredBookings
from storage.broken import StoredBroken
from storage.call_words import StoredCallWords
from storage.calls import StoredCalls
from storage.cases import StoredCases
from storage.centers import StoredCenters
from storage.checks import StoredChecks
from storage.contact import StoredContacts
from storage.contact_dates import StoredContactDates
from storage.correspondence import StoredCorrespondences
from storage.costs import StoredCosts
from storage.deferred import StoredDeferred
from storage.effects import Effects
from storage.ending import StoredEndings
from storage.erasing import StoredErasing
from storage.files import StoredFiles
from storage.holding import Holding
from storage.human_voice import StoredVoices
from storage.inbox import StoredInbox
from storage.index import StoredSearch
from storage.inquiries import StoredInquiries
from storage.kinship import StoredKinships
from storage.leads import StoredLeads
from storage.leases import StoredLeases
from storage.lineage import StoredLineage
from storage.linking import StoredLinks
from storage.minors import StoredMinors
from storage.minutes import StoredMinutes
from storage.notices import StoredNotices
from storage.outages import StoredOutages
from storage.outbox import Screens, StoredOutbox
from storage.proposals import StoredProposals
from storage.quarantine import StoredQuarantine
from storage.reaching import StoredReaching
from storage.reference import StoredReference
from storage.registering import StoredReports
from storage.reminding import StoredReminders
from storage.sealing import Seals
from storage.sessions import StoredSessions
from storage.sightings import StoredSightings
from storage.staff import StoredStaff
from storage.threads import StoredThreads
from storage.turns import Guests
from storage.uniting import Uniting
from storage.updates import StoredInvitations, StoredUpdates
from storage.waiting_list import StoredWaitingList

if TYPE_CHECKING:
    from storage.database import Database


class Parts:
    """What is kept, column by column, within one transaction."""

    def __init__(self, database: "Database", now: datetime) -> None:
        self._database = database
        self.page, self.book = database.page, database.book
        self.now = now
        self.connection: BoundConnection
        self.seals: Seals
        self.effects: Effects

    @cached_property
    def people(self) -> Guests:
        """Over a telephone nothing goes from here without a gateway."""
        return Guests(
            self.connection,
            self.seals,
            self._database.ids,
            self.now,
            self._database.scripts,
            self.effects,
            [channel for channel in TELEPHONE if channel not in self._database.notices],
        )

    @cached_property
    def _screens(self) -> Screens:
        return Screens(self.seals, self._database.scripts.retired)

    @cached_property
    def _held(self) -> Holding:
        return Holding(self.connection, self._database.ids, self.effects)

    @cached_property
    def _uniting(self) -> Uniting:
        return Uniting(
            self.connection,
            self.seals,
            self.now,
            self.people,
            self.threads,
            self.updates,
            self._held,
            self._database.scripts,
        )

    @cached_property
    def notices(self) -> StoredNotices:
        return StoredNotices(self.connection, self.seals, self.now, self.people, self._database.notices)

    @cached_property
    def staff(self) -> StoredStaff:
        return StoredStaff(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def lineage(self) -> StoredLineage:
        return StoredLineage(self.connection, self.seals, self._database.ids)

    @cached_property
    def proposals(self) -> StoredProposals:
        return StoredProposals(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def arrivals(self) -> StoredArrivals:
        return StoredArrivals(self.connection, self.seals, self.now)

    @cached_property
    def quarantine(self) -> StoredQuarantine:
        return StoredQuarantine(self.connection, self.seals, self._database.ids, self.now, self.effects)

    @cached_property
    def outbox(self) -> StoredOutbox:
        return StoredOutbox(
            self.connection, self.seals, self._database.ids, self.now, self.people, self._screens, self.effects
        )

    @cached_property
    def sightings(self) -> StoredSightings:
        return StoredSightings(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def call_words(self) -> StoredCallWords:
        return StoredCallWords(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def minutes(self) -> StoredMinutes:
        return StoredMinutes(self.connection, self._database.ids, self.now)

    @cached_property
    def leads(self) -> StoredLeads:
        return StoredLeads(self.connection, self._database.ids, self.now)

    @cached_property
    def reaching(self) -> StoredReaching:
        return StoredReaching(self.connection, self._database.ids, self.now, self.people, self.outbox, self._screens)

    @cached_property
    def leases(self) -> StoredLeases:
        return StoredLeases(self.connection, self.seals, self.now, self.people, self._screens, self.effects)

    @cached_property
    def costs(self) -> StoredCosts:
        return StoredCosts(self.connection, self.now, self._database.tariff)

    @cached_property
    def threads(self) -> StoredThreads:
        return StoredThreads(self.connection, self.seals, self._database.ids, self.now, self.people, self.effects)

    @cached_property
    def files(self) -> StoredFiles:
        return StoredFiles(self.connection, self.seals, self._database.ids, self.now, self.effects)

    @cached_property
    def reports(self) -> StoredReports:
        return StoredReports(self.connection, self.seals, self._database.ids, self.now, self.effects)

    @cached_property
    def reference(self) -> StoredReference:
        return StoredReference(self.connection, self._database.ids, self.now, self.effects)

    @cached_property
    def centers(self) -> StoredCenters:
        return StoredCenters(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def calls(self) -> StoredCalls:
        return StoredCalls(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def contacts(self) -> StoredContacts:
        return StoredContacts(self.connection, self._database.ids, self.now)

    @cached_property
    def contact_dates(self) -> StoredContactDates:
        return StoredContactDates(self.connection, self.now)

    @cached_property
    def checks(self) -> StoredChecks:
        return StoredChecks(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def inquiries(self) -> StoredInquiries:
        return StoredInquiries(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def deferred(self) -> StoredDeferred:
        return StoredDeferred(self.connection, self.seals, self._database.ids, self.now, self.effects)

    @cached_property
    def correspondences(self) -> StoredCorrespondences:
        return StoredCorrespondences(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def inbox(self) -> StoredInbox:
        return StoredInbox(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def updates(self) -> StoredUpdates:
        return StoredUpdates(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def invitations(self) -> StoredInvitations:
        return StoredInvitations(self.connection, self._database.ids, self.now)

    @cached_property
    def kinships(self) -> StoredKinships:
        return StoredKinships(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def attempts(self) -> StoredAttempts:
        return StoredAttempts(self.connection, self.now)

    @cached_property
    def broken(self) -> StoredBroken:
        return StoredBroken(self.connection, self.now, self._database.broken)

    @cached_property
    def endings(self) -> StoredEndings:
        return StoredEndings(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def minors(self) -> StoredMinors:
        return StoredMinors(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def voices(self) -> StoredVoices:
        return StoredVoices(self.connection, self._database.ids, self.now)

    @cached_property
    def audit(self) -> StoredAudit:
        return StoredAudit(self.connection, self.seals, self._database.ids, self.now, self._database.heads)

    @cached_property
    def cases(self) -> StoredCases:
        return StoredCases(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def search(self) -> StoredSearch:
        return StoredSearch(self.connection, self.seals, self._database.index)

    @cached_property
    def links(self) -> StoredLinks:
        return StoredLinks(self.connection, self.seals, self._database.ids, self.now, self._uniting)

    @cached_property
    def erasing(self) -> StoredErasing:
        return StoredErasing(self.connection, self.seals, self.now, self._database.scripts, self.effects)

    @cached_property
    def bookings(self) -> StoredBookings:
        return StoredBookings(self.connection, self.seals, self._database.ids, self.now, self._held)

    @cached_property
    def waiting(self) -> StoredWaitingList:
        return StoredWaitingList(self.connection, self._database.ids, self.now, self._held, self.effects)

    @cached_property
    def reminders(self) -> StoredReminders:
        return StoredReminders(self.connection, self.seals, self._database.ids, self.now)

    @cached_property
    def outages(self) -> StoredOutages:
        return StoredOutages(self.connection, self._database.ids, self.now)

    @cached_property
    def sessions(self) -> StoredSessions:
        return StoredSessions(
            self.connection, self.seals, self._database.ids, self.now, self.people, self.staff, self.effects
        )

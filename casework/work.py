"""The unit of work: one transaction, with everything that the rules need of the storage and the edges need of it.

`handlers` and `storage` do not know each other; they meet here. Leaving a unit of work without `commit()` undoes all.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from casework.actor import Channel
from casework.attempts import Attempts
from casework.audit import Audit
from casework.booking.appointments import Bookings
from casework.booking.reminding import Reminders
from casework.call_words import CallWords
from casework.calls import Calls
from casework.cases.records import Cases
from casework.cases.search import Search
from casework.centers import Centers
from casework.checks.values import Checks
from casework.contact.record import Contacts
from casework.contact.sides import ContactDates
from casework.correspondence.record import Correspondences
from casework.costs import Costs
from casework.ending import Endings
from casework.erasing import Erasing
from casework.files import Files
from casework.human_voice import Voices
from casework.ids import AddressId, PersonId
from casework.inbox import Inbox
from casework.inquiries.values import Inquiries
from casework.kinship import Kinships
from casework.leads import Leads
from casework.letters import Letter
from casework.linking import Links
from casework.minors import Minors
from casework.minutes import Minutes
from casework.notices import Notices
from casework.outages import Outages
from casework.people import People
from casework.pushes import Outbox
from casework.reaching import Reaching
from casework.reference import ReferenceBook, References
from casework.registering import Reports
from casework.sightings import Sightings
from casework.staff.lineage import Lineage
from casework.staff.members import Members
from casework.staff.proposals import Proposals
from casework.unreadable import BrokenValues
from casework.updates import Invitations, Updates
from casework.waiting_list import WaitingList


class Work(Protocol):
    """One transaction, as `casework`'s rules see it. `now` is the moment for all that is done in it (aware, UTC)."""

    @property
    def now(self) -> datetime: ...
    @property
    def people(self) -> People: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def centers(self) -> Centers: ...
    @property
    def reference(self) -> References: ...
    @property
    def book(self) -> ReferenceBook:
        """The reference data as this process knows it, on the day of `now` in Kyiv."""

    @property
    def calls(self) -> Calls: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def contact_dates(self) -> ContactDates: ...
    @property
    def reaching(self) -> Reaching: ...
    @property
    def checks(self) -> Checks: ...
    @property
    def correspondences(self) -> Correspondences: ...
    @property
    def inquiries(self) -> Inquiries: ...
    @property
    def sightings(self) -> Sightings: ...
    @property
    def call_words(self) -> CallWords: ...
    @property
    def minutes(self) -> Minutes: ...
    @property
    def leads(self) -> Leads: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def files(self) -> Files: ...
    @property
    def kinships(self) -> Kinships: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def search(self) -> Search: ...
    @property
    def staff(self) -> Members: ...
    @property
    def lineage(self) -> Lineage: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def links(self) -> Links: ...
    @property
    def erasing(self) -> Erasing: ...
    @property
    def page(self) -> str:
        """Where the service's page is, without a slash at the end: for links in what we say."""

    @property
    def updates(self) -> Updates: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def bookings(self) -> Bookings: ...
    @property
    def voices(self) -> Voices: ...
    @property
    def minors(self) -> Minors: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def broken(self) -> BrokenValues: ...
    @property
    def endings(self) -> Endings: ...
    @property
    def waiting(self) -> WaitingList: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def costs(self) -> Costs: ...
    @property
    def outages(self) -> Outages: ...

    async def send(self, letter: Letter) -> int:
        """Put a letter into the outbox: it goes if, and only if, the transaction commits. Returns its id."""

    async def retract(self, person: PersonId, address: AddressId, channel: Channel) -> None:
        """Take back what stands in a chat that was left, as far as its platform can."""

    def savepoint(self) -> AbstractAsyncContextManager[object]:
        """What is done inside is undone if it raises; the transaction goes on."""

    async def commit(self) -> None: ...


class Unavailable(Exception):  # noqa: N818  named as the platform sees it: 503
    """The database is away: nothing was kept; whoever sent something should send it again."""

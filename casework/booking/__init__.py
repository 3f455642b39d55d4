"""Booking: slots, appointments, what is told of them and to whom."""

from typing import Any

from casework.booking import addresses, desk, earlier, families, reminding
from casework.booking.appointments import Appointment, AppointmentState, Bookings, Means, SlotRequest
from casework.numbers import written_number

COMMANDS: dict[type, Any] = {
    families.Book: families.book,
    families.Move: families.move,
    families.Cancel: families.cancel,
    families.ShowDoorCode: families.show_door_code,
    families.Coming: families.coming,
    addresses.Confirm: addresses.confirm,
    addresses.ShowAddress: addresses.show_address,
    desk.Attend: desk.attend,
    desk.Door: desk.door,
    desk.ShowVisitor: desk.show_visitor,
    desk.BeAbsent: desk.be_absent,
    desk.SetLength: desk.set_length,
    **earlier.COMMANDS,
}
QUERIES: dict[type, Any] = {
    families.Specialties: families.specialties,
    families.FreeSlots: families.free_slots,
    families.ToBring: families.to_bring,
    families.MyVisits: families.my_visits,
    families.Changeable: families.changeable,
    addresses.VisitsToConfirm: addresses.unconfirmed,
    desk.Day: desk.day,
    desk.CenterSpecialists: desk.colleagues,
    desk.Touched: desk.touched,
}
READS = {"visit": addresses.may_read_visit, "reminder": reminding.may_read}
OPENS = {"address": addresses.open_address, "reminder": reminding.told}
SHOWS = {"door": lambda said: desk.ShowVisitor(written_number(said))}
CALLS = {"reminder": reminding.call_instead}
SECTIONS = {"today": desk.today_section, "confirm": desk.to_confirm_section}

__all__ = [
    "CALLS",
    "COMMANDS",
    "OPENS",
    "QUERIES",
    "READS",
    "SECTIONS",
    "SHOWS",
    "Appointment",
    "AppointmentState",
    "Bookings",
    "Means",
    "SlotRequest",
]

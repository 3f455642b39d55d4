"""The ids of what the service keeps. An id is not an int: each has a type of its own."""

from typing import NewType

PersonId = NewType("PersonId", int)
"""Whoever writes to the service: a relative or a member of staff."""

AddressId = NewType("AddressId", int)
"""A chat, a Viber id, a browser; belongs to one person."""

ReportId = NewType("ReportId", int)
"""What one relative reported of one missing person; known to people by its number."""

CaseId = NewType("CaseId", int)
"""One missing person's record; one or more reports."""

StaffId = NewType("StaffId", int)
FileId = NewType("FileId", int)
AppointmentId = NewType("AppointmentId", int)
UpdateId = NewType("UpdateId", int)
CallId = NewType("CallId", int)
CheckId = NewType("CheckId", int)
NoNewsId = NewType("NoNewsId", int)
InquiryId = NewType("InquiryId", int)
WaitingId = NewType("WaitingId", int)
OfferId = NewType("OfferId", int)
SightingId = NewType("SightingId", int)
InboxItemId = NewType("InboxItemId", int)
CorrespondenceId = NewType("CorrespondenceId", int)
AnswerId = NewType("AnswerId", int)
CenterId = NewType("CenterId", str)
"""A center's short Latin name: "lviv"."""
StructureId = NewType("StructureId", str)
"""The short Latin name of the body that a specialist comes from: "lawyer"."""

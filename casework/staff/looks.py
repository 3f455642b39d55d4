"""What of the access table tells a member of staff nothing about a family: every other query of staff is a row of the
audit, written by its rule or, where that writes none, by `casework/rulebook.py`."""

from __future__ import annotations

from typing import Final

OWN: Final = frozenset(
    [
        "Acting",
        "Me",
        "MyReports",
        "MyVisits",
        "MyUpdates",
        "MyAddresses",
        "MyNotices",
        "Waits",
        "RefusedFiles",
        "HasPhone",
        "ShownName",
        "MyReport",
        "MyStanding",
        "VerifiedReports",
        "Changeable",
        "MyWaiting",
        "WhoLooked",
        "MyWish",
        "MyGoBetween",
        "MyCorrespondence",
    ]
)
"""The member's own. A report of another's is recorded by its rule."""

OPEN: Final = frozenset(
    [
        "AllCenters",
        "MyCenter",
        "Lines",
        "Steps",
        "Specialties",
        "FreeSlots",
        "NeededPapers",
        "Askable",
        "ShownEntry",
        "TypedPhone",
        "Structures",
        "CannedTexts",
        "ToBring",
        "WaitingProposals",
        "ManagedMembers",
        "HowAllAreTrusted",
        "CenterSpecialists",
        "ViberMeter",
        "HowPromised",
        "LastOutages",
    ]
)
"""Of centers, colleagues and the service."""

NUMBERS: Final = frozenset(
    [
        "AlikeTo",
        "WaitingHere",
        "IsByVoice",
        "KinshipOf",
        "Provable",
        "ProofOf",
        "WaitingUpdates",
        "LeavingUpdates",
        "VisitsToConfirm",
        "Touched",
        "FiledInAll",
    ]
)
"""Numbers, states and times, as a messenger shows them."""

TELLS_NOTHING: Final = OWN | OPEN | NUMBERS

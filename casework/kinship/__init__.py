"""Kinship: declared with a report, then verified against documents, or refused; what was verified can be revoked.

Only a verified relative ever receives anything about a case.
"""

from typing import Any

from casework.kinship import deciding, proof
from casework.kinship.deciding import (
    Askable,
    Decide,
    KinshipOf,
    NeededPapers,
    OpenKinship,
    Provable,
    SendPapers,
    VerifiedReports,
    VerifyByTwo,
    decide,
)
from casework.kinship.proof import Proof, ProofOf
from casework.kinship.ties import UNDECIDED, Ground, Kinships, KinshipState, Presented, SeenPapers, Tie

COMMANDS: dict[type, Any] = deciding.COMMANDS
QUERIES: dict[type, Any] = {**deciding.QUERIES, ProofOf: proof.proof}
SHOWS = deciding.SHOWS
ACTS = deciding.ACTS

__all__ = [
    "ACTS",
    "COMMANDS",
    "QUERIES",
    "SHOWS",
    "UNDECIDED",
    "Askable",
    "Decide",
    "Ground",
    "KinshipOf",
    "KinshipState",
    "Kinships",
    "NeededPapers",
    "OpenKinship",
    "Presented",
    "Proof",
    "ProofOf",
    "Provable",
    "SeenPapers",
    "SendPapers",
    "Tie",
    "VerifiedReports",
    "VerifyByTwo",
    "decide",
]

"""Where a case stands. An update says it (`casework/updates/standing.py`), and what is promised depends on it."""

from enum import StrEnum


class CaseStage(StrEnum):
    """What can be said of the missing person, from the least that is known to the most."""

    NOT_REGISTERED = "not-registered"  # not in the register of the National Information Bureau
    MISSING = "missing"  # missing under special circumstances
    REGISTERED = "registered"  # in the Bureau's register, captivity unknown
    PROBABLY_CAPTIVE = "probably-captive"  # the International Committee of the Red Cross has not confirmed it
    CAPTIVE = "captive"  # the Committee has confirmed it
    LOCATED = "located"  # found alive, in a capacity that the source names
    RELEASED = "released"  # in an exchange, or otherwise
    RETURNED = "returned"  # at home
    REINTEGRATION = "reintegration"  # on the way back to life after captivity

"""What the page and its interface cannot do, and how they say so."""

from datetime import timedelta

from casework.letters import Arg, Say

CODES = (
    "away",
    "not-recorded",
    "busy",
    "empty",
    "enrol-first",
    "factor-first",
    "factor-known",
    "factor-none",
    "factor-too-often",
    "factor-wrong",
    "invite-over",
    "line-lost",
    "no-file",
    "no-session",
    "no-such-file",
    "no-such-page",
    "not-from-here",
    "not-json",
    "not-multipart",
    "not-staff",
    "not-valid",
    "not-yours",
    "ours",
    "own-name",
    "secret-shown",
    "too-long",
    "too-many-at-once",
    "too-many-bytes",
    "too-many-files",
    "too-many-invitations",
    "too-many-messages",
    "too-many-sessions",
    "too-many-streams",
    "unreadable",
)
"""The codes of the HTTP interface: stable. Those of files are the names of `locales/*/files.ftl`."""


class Problem(Exception):  # noqa: N818  it is an answer, with words for a person
    """An answer other than the one asked for: an HTTP status, a code for programs, words for people.

    The words are `web-error-<code>` unless `say` is given.
    """

    def __init__(
        self,
        status: int,
        code: str,
        *,
        say: Say | None = None,
        retry_after: timedelta | None = None,
        **args: Arg,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.retry_after = status, code, retry_after
        self.say = say or Say(f"web-error-{code}", args)

    @property
    def seconds(self) -> int | None:
        """For Retry-After: whole seconds, rounded up."""
        return None if self.retry_after is None else max(1, -int(-self.retry_after.total_seconds() // 1))

"""What residents wrote at the end: a list that all gateways of an agency share."""

from __future__ import annotations

from functools import partial

from desk.agenda.shared import Shared
from kiosk.link.bookings import (
    COMMENTS_KEY,
    MOST_COMMENTS,
    Comments,
    KeptComment,
    bucket_name,
)
from kiosk.link.errands import Outcome
from kiosk.link.line import Line
from kiosk.link.messages import encode
from kiosk.link.store import Bucket

KEPT_S = 90 * 86_400
"""Since the last one: as long as the rates."""
_MAX_BYTES = 62_000


class CommentBox:
    """The agency's comments, without booth, day or visit."""

    def __init__(self, line: Line, agency: str) -> None:
        self._shared = Shared(
            Bucket(line, bucket_name(agency), Comments),
            lambda _key: Comments(),
            lambda _key: KEPT_S,
            lambda _key: None,
        )

    @property
    def kept(self) -> tuple[KeptComment, ...]:
        """All of them, in an order that tells nothing."""
        return self._shared.get(COMMENTS_KEY).comments

    async def load(self) -> None:
        """See them.

        Raises:
            LineDown: they could not be seen.
        """
        await self._shared.load([COMMENTS_KEY])

    def hear(self, message: Comments | None, revision: int) -> None:
        """Take what the broker told."""
        self._shared.hear(COMMENTS_KEY, message, revision)

    async def put(self, number: str, sealed: str) -> Outcome:
        """Keep a comment; where there are too many, in place of another.

        Raises:
            LineDown: not known whether it was done.
        """
        comment = KeptComment(comment=number, sealed=sealed)
        return await self._shared.change(COMMENTS_KEY, partial(_commented, comment=comment))


def _commented(before: Comments, comment: KeptComment) -> tuple[Comments, Outcome]:
    by_number = {each.comment: each for each in before.comments}
    if comment.comment in by_number:
        return before, Outcome.DONE
    # By number, which is random: the order tells nothing, and neither does what gives way.
    kept = list(by_number.values())
    while kept and (
        len(kept) >= MOST_COMMENTS
        or len(encode(Comments(comments=tuple(kept)))) + len(comment.sealed) > _MAX_BYTES
    ):
        kept.pop(0)
    kept = sorted([*kept, comment], key=lambda each: each.comment)
    return Comments(comments=tuple(kept)), Outcome.DONE

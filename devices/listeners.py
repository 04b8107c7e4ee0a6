"""Tells listeners what happened; the bug of one of them stops there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger(__name__)

_News = TypeVar("_News")


def tell_all(listeners: Iterable[Callable[[_News], None]], news: _News, teller: str) -> None:
    """Call each listener with `news`; `teller` names who tells, for the log.

    One that fails is logged: neither the others nor what the device says next may be lost by it.
    """
    for listener in tuple(listeners):
        try:
            listener(news)
        except Exception:  # A listener's bug must not end the device's life.
            logger.exception("%s: a listener failed", teller)

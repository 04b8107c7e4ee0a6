"""What is relied on in aiortc's connections without its being promised: an upgrade fails here."""

from __future__ import annotations

import inspect

import aioice

from kiosk.calls.aiortc_connection import (
    MOST_DATAGRAMS,
    bound_input,
    new_connection,
    widen_receive_buffers,
)


def test_datagrams_reach_the_loop_by_the_queue_we_bound() -> None:
    source = inspect.getsource(aioice.Connection.data_received)
    assert "self._queue.put_nowait((data, component))" in source


async def test_every_gathered_socket_gets_a_wider_buffer() -> None:
    connection = new_connection([])
    connection.addTransceiver("audio")
    await connection.setLocalDescription(await connection.createOffer())
    hosts = connection.localDescription.sdp.count(" typ host")
    assert widen_receive_buffers(connection) == hosts > 0
    await connection.close()


async def test_no_server_is_asked_unless_it_is_named() -> None:
    connection = new_connection([])
    transceiver = connection.addTransceiver("audio")
    ice = transceiver.receiver.transport.transport._connection
    assert ice.stun_server is None
    assert ice.turn_server is None
    await connection.close()


async def test_datagrams_that_wait_are_bounded_and_the_end_is_not_lost() -> None:
    connection = new_connection([])
    transceiver = connection.addTransceiver("audio")
    dropped = bound_input(transceiver)
    ice = transceiver.receiver.transport.transport._connection
    for number in range(MOST_DATAGRAMS + 50):
        ice.data_received(number.to_bytes(2, "big"), 1)
    assert ice._queue.qsize() == MOST_DATAGRAMS
    assert dropped() == 50
    assert ice._queue.get_nowait() == ((50).to_bytes(2, "big"), 1)
    ice._queue.put_nowait(None)
    for number in range(MOST_DATAGRAMS):
        ice.data_received(number.to_bytes(2, "big"), 1)
    waiting = [ice._queue.get_nowait() for _ in range(ice._queue.qsize())]
    assert None in waiting
    await connection.close()

"""Messages of the protocol: lines of JSON and frames of numbers."""

from __future__ import annotations

import json
import os
import struct
from typing import Any, Optional, Tuple

import numpy as np

PROTOCOL = 1
HEAD = struct.Struct("<BBHI")  # kind, zero, number of the problem, bytes of the payload
_READ, _WRITE = 3, 4


class Stop(BaseException):
    """The run is over: raised by a question that gdbench does not answer.

    It is no Exception, so that "except Exception" in a method does not catch it.
    """


class Closed(Exception):
    """gdbench has closed its end of the pipe."""


class Channel:
    """The two pipes to gdbench."""

    def __init__(self, reading: int = _READ, writing: int = _WRITE):
        self.reading, self.writing = reading, writing
        self._head = bytearray(HEAD.size)

    def write(self, message: "bytes | bytearray | memoryview") -> None:
        """Write a whole message."""
        done = os.write(self.writing, message)
        if done < len(message):
            rest = memoryview(message)
            while done < len(message):
                done += os.write(self.writing, rest[done:])

    def tell(self, message: dict) -> None:
        """Send a line of JSON."""
        self.write(json.dumps(message, allow_nan=False).encode() + b"\n")

    def send(self, kind: str, *parts: np.ndarray, number: int = 0) -> None:
        """Send a frame of arrays."""
        payload = b"".join(np.ascontiguousarray(p).tobytes() for p in parts)
        self.write(HEAD.pack(ord(kind), 0, number, len(payload)) + payload)

    def fill(self, room: "bytearray | memoryview", done: int = 0) -> None:
        """Read until the room is full."""
        view = memoryview(room)
        while done < len(view):
            got = os.readv(self.reading, [view[done:]])
            if got == 0:
                raise Closed
            done += got

    def next(self) -> "Tuple[str, int, Any]":
        """The next message: ("{", 0, object), or (kind, number, payload)."""
        self.fill(self._head)
        if self._head[0] == ord("{"):
            return "{", 0, self._line(bytes(self._head))
        kind, _, number, length = HEAD.unpack(self._head)
        payload = bytearray(length)
        self.fill(payload)
        return chr(kind), number, payload

    def _line(self, line: bytes) -> Any:
        # Lines are rare, and nothing follows one before it is answered but the frame of a start:
        # a byte at a time never reads too far.
        while not line.endswith(b"\n"):
            byte = os.read(self.reading, 1)
            if not byte:
                raise Closed
            line += byte
        return json.loads(line)


class Question:
    """Questions of one kind with payloads and answers of fixed sizes, as fast as can be.

    Both messages have their rooms, so that a question is one write and one read.
    """

    def __init__(self, channel: Channel, kind: str, asks: int, answers: int):
        self._channel = channel
        self._reading, self._writing = channel.reading, channel.writing
        self._message = bytearray(HEAD.size + 8 * asks)
        HEAD.pack_into(self._message, 0, ord(kind), 0, 0, 8 * asks)
        self.x = np.frombuffer(self._message, dtype="<f8", offset=HEAD.size)
        self._room = bytearray(HEAD.size + 8 * answers)
        self._rooms = [memoryview(self._room)]
        self._expected = HEAD.pack(ord(kind.lower()), 0, 0, 8 * answers)
        self.answer = np.frombuffer(self._room, dtype="<f8", offset=HEAD.size)

    def ask(self) -> np.ndarray:
        """Send what x holds; the answer is valid until the next question."""
        message, room = self._message, self._room
        done = os.write(self._writing, message)
        if done < len(message):
            self._channel.write(memoryview(message)[done:])
        got = os.readv(self._reading, self._rooms)
        if got < len(room):
            if got == 0:
                raise Closed
            if got < HEAD.size:
                self._channel.fill(memoryview(room)[: HEAD.size], got)
                got = HEAD.size
            if room[0] == ord("S"):
                raise Stop
            self._channel.fill(room, got)
        if not room.startswith(self._expected):
            raise RuntimeError(f"gdbench sent a frame {bytes(room[:HEAD.size])!r}; expected {self._expected!r}")
        return self.answer


def floats(payload: "bytes | bytearray", count: Optional[int] = None, offset: int = 0) -> np.ndarray:
    """Numbers of a payload, as an array of its own."""
    return np.frombuffer(payload, dtype="<f8", count=-1 if count is None else count, offset=offset).copy()

"""Runs a program under the system call filter of a service file, as systemd would (seccomp(2)).

    python -m tests.confined UNIT PROGRAM [ARGUMENT…]

Only `SystemCallFilter=` and `RestrictNamespaces=yes` are taken over: what a booth's own code meets.
"""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from pathlib import Path

_ALLOW = 0x7FFF_0000
_ERRNO = 0x0005_0000
"""Actions of libseccomp (seccomp_init(3)); the latter with the error's number."""
_MASKED_EQUAL = 7
"""`SCMP_CMP_MASKED_EQ` (seccomp_rule_add(3))."""
_NAMESPACES = 0x7E02_0080
"""All CLONE_NEW* flags (clone(2))."""
_NO_NEW_PRIVS = 38
"""prctl(2)."""
_BY_FLAGS = ("clone", "unshare")


class _Compare(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("value", ctypes.c_uint64),
    )


def allowed(unit: Path) -> set[str]:
    """Return the names of the system calls that a service file lets through."""
    calls = _group("@default")
    for line in unit.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key == "SystemCallFilter":
            named = set[str]().union(*map(_group, value.lstrip("~").split()))
            calls = calls - named if value.startswith("~") else calls | named
    return calls


def _group(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    told = subprocess.run(
        ["systemd-analyze", "syscall-filter", "--no-pager", name],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [line.strip() for line in told.stdout.splitlines()[1:]]
    return set[str]().union(*(_group(line) for line in lines if line and line[0] != "#"))


def confine(calls: set[str]) -> None:
    """Let this process and its children make no other calls, and no namespaces."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add_array.argtypes = (
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.POINTER(_Compare),
    )
    library.seccomp_load.argtypes = (ctypes.c_void_p,)
    rules = library.seccomp_init(_ERRNO | errno.EPERM)

    def add(action: int, name: str, *compare: _Compare) -> None:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # Others are of another architecture.
            array = (_Compare * max(1, len(compare)))(*compare)
            library.seccomp_rule_add_array(rules, action, number, len(compare), array)

    for name in calls - {*_BY_FLAGS, "clone3", "setns"}:
        add(_ALLOW, name)
    for name in _BY_FLAGS:
        add(_ALLOW, name, _Compare(0, _MASKED_EQUAL, _NAMESPACES, 0))
    # Its flags are in memory, out of a filter's sight; the C library then takes clone.
    add(_ERRNO | errno.ENOSYS, "clone3")
    ctypes.CDLL(None).prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    if library.seccomp_load(rules) != 0:
        raise OSError("the kernel takes no filter")


if __name__ == "__main__":
    confine(allowed(Path(sys.argv[1])))
    os.execvp(sys.argv[2], sys.argv[2:])  # noqa: S606 (what the caller names)

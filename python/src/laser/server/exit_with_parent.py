"""Tie this process's life to its parent's, so that a killed supervisor leaves no server behind."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def exit_with_parent() -> None:
    """Ask the kernel for SIGTERM at the parent's death (`man 2 prctl`, PR_SET_PDEATHSIG)."""
    if sys.platform != "linux":
        raise SystemExit(
            "--exit-with-parent needs Linux; leave it out and stop the server yourself"
        )
    parent = os.getppid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:
        raise SystemExit("the parent process ended while the server was starting")

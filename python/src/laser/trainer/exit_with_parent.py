import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1


def exit_with_parent(signal_number: signal.Signals) -> None:
    """Has this process sent `signal_number` when the process that started it is gone.

    On Linux the kernel sends it at once; elsewhere, and should the parent have died before this
    call, a thread notices within a second.
    """
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal_number)

    threading.Thread(target=watch, name="exit-with-parent", daemon=True).start()

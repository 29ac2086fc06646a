"""Starts one program and tells what it took: `python -I -S launching.py DESCRIPTOR COMMAND...`.

A process of its own, and a small one: the system's figure for the most memory of a program begins with what the process
that started it held. It takes in what the program leaves behind without waiting for it, so that it counts too.
"""

import ctypes
import json
import os
import sys
import time

_PR_SET_CHILD_SUBREAPER = 36
_ORPHANS_END_WITHIN_SECONDS = 10
_PAUSE_SECONDS = 0.02


def main() -> None:
    descriptor, *command = sys.argv[1:]
    os.set_inheritable(int(descriptor), False)
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    used = [usage]
    until = time.monotonic() + _ORPHANS_END_WITHIN_SECONDS
    left = False
    while not left:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            used.append(usage)
        elif time.monotonic() > until:
            left = True
        else:
            time.sleep(_PAUSE_SECONDS)
    told = {
        "code": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "processor": sum(each.ru_utime + each.ru_stime for each in used),
        "largest": max(each.ru_maxrss for each in used) * 1024,
        "left running": left,
    }
    os.write(int(descriptor), json.dumps(told).encode())


if __name__ == "__main__":
    main()

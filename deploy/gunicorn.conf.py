"""How gunicorn serves a deployment. It is read anew by each release (`systemctl reload`: SIGUSR2).

The first process reads the application once, for all that are forked from it: they share its memory. So it is a new
first process that takes up a new release. It has the same door, and asks the former one to leave once it has read all
there is: no request is lost, and a release that cannot start leaves the one that serves where it is.
"""

import os
import signal
from typing import Any

from gunicorn.systemd import sd_notify

preload_app = True
worker_class = "collectifs.web.process.WebProcess"  # of threads
workers = 2
threads = 4
graceful_timeout = 15
control_socket_disable = True


def when_ready(server: Any) -> None:
    """The application is read and the door is open: who came before ends what is in hand, and leaves."""
    sd_notify(f"MAINPID={os.getpid()}", server.log)
    if server.master_pid and server.master_pid == os.getppid():
        os.kill(server.master_pid, signal.SIGTERM)

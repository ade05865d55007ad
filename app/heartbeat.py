"""A worker that streams a long answer is alive: gunicorn ends one that says nothing for a minute.

gunicorn reads this module as its configuration; it imports next to nothing, for the master process reads it too.
"""

from typing import Any

from app.log_lines import OF_OTHERS

EXTENSION = "heartbeat"
logconfig_dict = OF_OTHERS


def post_worker_init(worker: Any) -> None:
    """Give the application of a new worker the means to say that it is alive."""
    worker.wsgi.extensions[EXTENSION] = worker.notify

"""A line of the log is JSON, whoever says it. Nothing of the house is imported: gunicorn's master reads this too."""

from typing import Any

from structlog.processors import JSONRenderer, TimeStamper, add_log_level, format_exc_info
from structlog.stdlib import ProcessorFormatter

PARTS: list[Any] = [add_log_level, TimeStamper(fmt="iso", utc=True), format_exc_info]
WRITTEN = JSONRenderer(ensure_ascii=False)

# For gunicorn's own lines and what libraries warn of: one handler, or each line would be said twice.
OF_OTHERS = {
    "root": {"level": "WARNING", "handlers": ["error_console"]},
    "loggers": {"gunicorn.error": {"level": "INFO", "propagate": True}},
    "formatters": {
        "generic": {
            "()": ProcessorFormatter,
            "foreign_pre_chain": PARTS,
            "processors": [ProcessorFormatter.remove_processors_meta, WRITTEN],
        }
    },
}

"""Logs as JSON lines, with the request id and the person, and the same id in the answer."""

import logging
import sys

import structlog
from flask import Flask, Response, request

from app.current import request_id
from app.log_lines import PARTS, WRITTEN


def install(app: Flask) -> None:
    """Log every request that failed or changed something; reading pages is not worth a line."""
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *PARTS, WRITTEN],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),  # a line in one go: other threads write there too
    )
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id(), person=None)


def _end(answer: Response) -> Response:
    answer.headers.setdefault("X-Request-Id", request_id())
    answer.headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.method not in ("GET", "HEAD", "OPTIONS") or answer.status_code >= 500:
        structlog.get_logger().info("request", method=request.method, path=request.path, status=answer.status_code)
    return answer

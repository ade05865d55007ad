"""A certificate of real metal is printed, whatever way it went and however long its names are."""

from io import BytesIO

from hypothesis import HealthCheck, given, settings
from reportlab.pdfgen.canvas import Canvas

from certificates.content import Certificate
from certificates.fonts import Fonts
from certificates.pdf import check
from certificates.pdf.front import Front, front
from certificates.pdf.pen import Pen
from tests.certificates.long_ways import long_certificates

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)


def _laid_out(certificate: Certificate, fonts: Fonts) -> Front:
    return front(Pen(Canvas(BytesIO()), fonts), certificate)


@SLOW
@given(certificate=long_certificates())
def test_any_way_and_any_text_of_a_form_is_printed(certificate: Certificate, fonts: Fonts) -> None:
    check(certificate, fonts)
    ends = [y + block.height for y, block in _laid_out(certificate, fonts).blocks]
    starts = [y for y, _ in _laid_out(certificate, fonts).blocks]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert ends[-1] <= 281

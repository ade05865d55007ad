"""The QR code with what it leads to, and who stands behind the figures."""

from certificates import figures, wording
from certificates.content import Certificate
from certificates.pdf.paper import BODY, INK, INK_2, LEFT, RIGHT
from certificates.pdf.parts import Block, fitted, host
from certificates.pdf.pen import Pen
from certificates.pdf.refusal import CannotPrint
from certificates.qr import Symbol, symbol

_RIGHT_COLUMN = 122.0
_LARGEST = 28.0


def proof_block(pen: Pen, certificate: Certificate) -> Block:
    """QR, host, number and check characters; assurance and authority at the right."""
    code = _symbol(certificate.verify_url)

    def draw(y: float) -> None:
        pen.cells(LEFT, y, code.module_mm, code.runs(), INK)
        _address(pen, y, certificate)
        _assurance(pen, y, certificate)

    return Block(code.side_mm, draw)


def _symbol(url: str) -> Symbol:
    try:
        code = symbol(url)
    except ValueError as error:
        raise CannotPrint("verify_url") from error
    if code.side_mm > _LARGEST:
        raise CannotPrint("verify_url")
    return code


def _address(pen: Pen, y: float, certificate: Certificate) -> None:
    end = pen.text(BODY, y + 3, "ここで確認できます", 8.5, bold=True)
    pen.note(end + 1.6, y + 3, "Check it here", 7)
    name = host(certificate)
    size = fitted(pen, name, _RIGHT_COLUMN - BODY - 3, (12, 11, 9, 8, 7), "verify_url", bold=True)
    pen.text(BODY, y + 9, name, size, bold=True)
    check = figures.grouped_check(certificate.check)
    rows = (("番号", "No.", certificate.number), ("照合文字", "Check", check))
    for index, (japanese, english, value) in enumerate(rows):
        at = y + 14.6 + 4.6 * index
        end = pen.text(BODY, at, japanese, 8, colour=INK_2)
        pen.note(end + 1.3, at, english, 6.5)
        pen.text(BODY + 23, at, value, 9, bold=True)
    pen.note(BODY, y + 25.2, "番号・照合文字・数値が紙面と同じかお確かめください。", 6.5)


def _assurance(pen: Pen, y: float, certificate: Certificate) -> None:
    width = RIGHT - _RIGHT_COLUMN
    assurance = wording.assurance(certificate.verifier)
    at = pen.paragraph(_RIGHT_COLUMN, y + 3, pen.lines(assurance.ja, width, 8.5, True), 8.5, 4.2, bold=True)
    at = pen.paragraph(_RIGHT_COLUMN, at - 0.4, pen.lines(assurance.en, width, 6.5), 6.5, 2.9, colour=INK_2) + 2
    for sentence in (wording.AUTHORITY, wording.NOT_AN_OFFSET):
        pen.text(_RIGHT_COLUMN, at, sentence.ja, 8)
        pen.note(_RIGHT_COLUMN, at + 3.3, sentence.en, 6.5)
        at += 8

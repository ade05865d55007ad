"""What the public may read of a certificate whose recipient has not agreed to be named (domain.md, "Public").

Not the recipient's name, slips, train sets, delivery note and lot numbers. Step numbers stay, so that the heats on a
paper can still be compared with the page.
"""

from dataclasses import replace

from certificates.content import Certificate, Line, Origin, Step


def public_form(certificate: Certificate) -> Certificate:
    """The same certificate without the recipient and without every number that could lead to them."""
    return replace(
        certificate,
        recipient=None,
        delivery_notes=(),
        quote=None,
        lines=tuple(_public_line(line) for line in certificate.lines),
        origins=tuple(_public_origin(origin) for origin in certificate.origins),
        steps=tuple(_public_step(step) for step in certificate.steps),
    )


def _public_line(line: Line) -> Line:
    content = tuple(replace(part, origin=None) for part in line.content)
    return replace(line, delivery=None, lot=None, delivery_note=None, content=content)


def _public_origin(origin: Origin) -> Origin:
    return replace(origin, lot=None, slip=None, vehicle=None)


def _public_step(step: Step) -> Step:
    return replace(step, made=tuple(replace(lot, number=None) for lot in step.made))

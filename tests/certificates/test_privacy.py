"""The public form: nothing in it leads to a recipient who is not to be named."""

from dataclasses import replace

from hypothesis import given, settings

from certificates import privacy, seal
from certificates.content import Certificate, Party
from tests.certificates.samples import SAMPLES, certificates


def _marked(certificate: Certificate) -> Certificate:
    """The certificate with every private text replaced by one that can be searched for."""
    lines = tuple(
        replace(line, delivery="SECRET-1", lot="SECRET-2", delivery_note="SECRET-3",
                content=tuple(replace(part, origin="SECRET-4") for part in line.content))
        for line in certificate.lines
    )  # fmt: skip
    origins = tuple(replace(o, lot="SECRET-5", slip="SECRET-6", vehicle="SECRET-7") for o in certificate.origins)
    steps = tuple(replace(s, made=tuple(replace(lot, number="SECRET-8") for lot in s.made)) for s in certificate.steps)
    return replace(
        certificate, recipient=Party("SECRET-9", "SECRET-10", "SECRET-11"), delivery_notes=("SECRET-12",),
        quote="SECRET-13", lines=lines, origins=origins, steps=steps,
    )  # fmt: skip


@given(certificates())
@settings(max_examples=60, deadline=None)
def test_no_private_text_is_anywhere_in_the_public_json(certificate: Certificate) -> None:
    public = privacy.public_form(_marked(certificate))
    assert b"SECRET" not in seal.canonical_json(public)
    assert seal.read(seal.canonical_json(public)) == public


def test_figures_and_step_numbers_stay() -> None:
    certificate = SAMPLES["train_set"]()
    public = privacy.public_form(certificate)
    assert [step.number for step in public.steps] == [step.number for step in certificate.steps]
    assert public.avoided_co2 == certificate.avoided_co2
    assert public.recycled == certificate.recycled
    assert public.way == certificate.way
    assert public.number == certificate.number


def test_the_public_form_of_a_public_form_is_itself() -> None:
    public = privacy.public_form(SAMPLES["five_lines"]())
    assert privacy.public_form(public) == public

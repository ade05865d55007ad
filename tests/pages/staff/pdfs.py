"""PDFs as somebody uploads them: empty, harmful, odd, locked, and far larger than they look."""

import io
import zlib

import pikepdf


def minimal_pdf(pages: int = 1) -> bytes:
    """Empty pages."""
    target = io.BytesIO()
    with pikepdf.Pdf.new() as document:
        for _ in range(pages):
            document.add_blank_page(page_size=(595, 842))
        document.save(target, deterministic_id=True)
    return target.getvalue()


def harmful() -> bytes:
    """A PDF with a script, a launch and a form in it, and a plain link."""
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.jp/"))
        evil = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("javascript:alert(1)"))
        rect = pikepdf.Array([0, 0, 10, 10])
        document.Root.OpenAction = script
        document.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        document.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect, A=action)
                for action in (script, launch, link, evil)
            ]
        )
        document.attachments["evil.exe"] = b"MZ"
        spec = pikepdf.AttachedFileSpec(document, b"MZ inner.exe", filename="inner.exe")
        page = document.pages[0].obj
        page.Resources.Parent = pikepdf.Dictionary(AA=pikepdf.Dictionary(O=script))
        elsewhere = pikepdf.Dictionary(FS=pikepdf.Name.URL, F=pikepdf.String("http://evil.example/x"))
        page.Resources.Extra = document.make_indirect(pikepdf.Stream(document, b"", F=elsewhere))
        page.AF = pikepdf.Array([spec.obj])
        page.PresSteps = document.make_indirect(pikepdf.Dictionary(NA=script))
        page.PieceInfo = pikepdf.Dictionary(X=pikepdf.Dictionary(Private=pikepdf.String("private words")))
        form = pikepdf.Stream(document, b"q Q", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=rect)
        form.AF = pikepdf.Array([spec.obj])
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=document.make_indirect(form)))
        document.save(target)
    return target.getvalue()


def odd(change: str) -> bytes:
    """A PDF that a reader opens and a careless program falls over."""
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        page = document.pages[0].obj
        page.Annots = {
            "null": pikepdf.Array([None]),
            "number": pikepdf.Array([5]),
            "no rectangle": pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([1]))]),
        }[change]
        document.save(target)
    return target.getvalue()


def bomb() -> bytes:
    """A few hundred bytes that are sixty megabytes of page, packed twice."""
    content = zlib.compress(zlib.compress(b"0 0 m " * 9_000_000, 9), 9)
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        filters = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        document.pages[0].obj.Contents = document.make_indirect(pikepdf.Stream(document, content, Filter=filters))
        document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()


def swollen() -> bytes:
    """Some ten kilobytes that are thirty megabytes of words once they are read."""
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        document.pages[0].obj.Resources.Words = pikepdf.Array([pikepdf.String("x" * 10_000_000)] * 3)
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)
    return target.getvalue()


def locked() -> bytes:
    target = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(minimal_pdf())) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="o", user="u"))
    return target.getvalue()

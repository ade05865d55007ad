"""Photos in: read with a library that knows the formats, made small, and without what the camera knew of the place."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from app.operations.attach_photos import Photo
from app.operations.problems import Invalid, Problem

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000  # a picture of this size is 150 MB unpacked; a bomb claims a thousand times that
LONGEST_EDGE = 1600
QUALITY = 80
MOST = 6


@dataclass(frozen=True, slots=True)
class Picture:
    """A file as it was sent."""

    file_name: str
    data: bytes


def read_photos(pictures: list[Picture]) -> tuple[Photo, ...]:
    """Photos as they are kept. Raises Invalid, naming the file."""
    if len(pictures) > MOST:
        raise Invalid([Problem(("photos",), "too_many_photos", {"most": MOST})])
    return tuple(_read(picture) for picture in pictures)


def _read(picture: Picture) -> Photo:
    if len(picture.data) > LARGEST_BYTES:
        raise Invalid([Problem(("photos",), "photo_too_large", {"file": picture.file_name})])
    try:
        with Image.open(BytesIO(picture.data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Invalid([Problem(("photos",), "photo_too_large", {"file": picture.file_name})])
            turned = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid([Problem(("photos",), "not_a_photo", {"file": picture.file_name})]) from error
    turned.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    kept = BytesIO()
    turned.save(kept, "JPEG", quality=QUALITY, optimize=True)  # nothing of EXIF goes with it
    return Photo(kept.getvalue(), turned.width, turned.height)

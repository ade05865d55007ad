"""Photos, uploads and people: raw SQL does not edit or remove what the books rest on."""

from app.lookups.uploads import one_upload
from app.operations.attach_photos import Photo, attach_photos
from app.operations.uploads import keep_upload, settle_upload
from tests.campaign import scrap
from tests.house import House
from tests.tampering import refused


def attached(house: House) -> None:
    """A photo of a lot, an upload that was given up, and a person."""
    scrap(house, "A")
    house.person("plant")
    attach_photos(house.records, house.doer(), "A", [Photo(b"\xff\xd8\xff", 1, 1)])
    upload = one_upload(house.records, keep_upload(house.records, house.doer(), "slips.csv", b"x"))
    assert upload
    settle_upload(house.records, house.doer(), upload, None)


def test_what_is_attached_is_never_removed(house: House) -> None:
    attached(house)
    for table in ("photos", "uploads", "people"):
        refused(house, f"DELETE FROM {table}")
        if house.records.engine.dialect.name == "postgresql":
            refused(house, f"TRUNCATE {table} CASCADE")


def test_a_photo_is_never_edited_and_a_settled_upload_stays_settled(house: House) -> None:
    attached(house)
    refused(house, "UPDATE photos SET person = 'somebody else'")
    refused(house, "UPDATE uploads SET file_name = 'another.csv'")


def test_an_upload_is_settled_once(house: House) -> None:
    upload_id = keep_upload(house.records, house.doer(), "slips.csv", b"x")
    with house.records.engine.begin() as connection:
        settled = connection.exec_driver_sql(f"UPDATE uploads SET data = NULL WHERE id = {upload_id}")
    assert settled.rowcount == 1
    refused(house, f"UPDATE uploads SET file_name = 'another.csv' WHERE id = {upload_id}")

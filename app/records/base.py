"""What all tables share: names for constraints, times in UTC, whole grams."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NUMBER_LENGTH = 60


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. SQLite knows no zones, so moments are stored in UTC there and come back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the service."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), dict[str, Any]: Text()}


def table_of(row: type[Base]) -> Table:
    """The table of a row's class."""
    return Base.metadata.tables[row.__tablename__]


# SQLite only gives its row id to a column declared INTEGER; PostgreSQL's is a bigint.
Id = BigInteger().with_variant(Integer(), "sqlite")

Key = Annotated[int, mapped_column(Id, primary_key=True)]
Grams = Annotated[int, mapped_column(BigInteger())]
Code = Annotated[str, mapped_column(String(40))]
CodeKey = Annotated[str, mapped_column(String(40), primary_key=True)]
Number = Annotated[str, mapped_column(String(NUMBER_LENGTH), unique=True)]
DeedId = Annotated[int, mapped_column(Id, ForeignKey("deeds.id"))]
DeedKey = Annotated[int, mapped_column(Id, ForeignKey("deeds.id"), primary_key=True)]
LotKey = Annotated[int, mapped_column(Id, ForeignKey("lots.id"), primary_key=True)]
SiteCode = Annotated[str, mapped_column(String(40), ForeignKey("sites.code"))]
CustomerCode = Annotated[str, mapped_column(String(40), ForeignKey("customers.code"))]

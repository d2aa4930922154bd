"""Moments survive the database with their zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, MetaData, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from questions.bank.columns import UTCDateTime

MOMENTS = Table("moment", MetaData(), Column("at", UTCDateTime))
EAST = timezone(timedelta(hours=9))


def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: Engine) -> None:
    moment = datetime(2026, 11, 21, 4, 0, 0, 123456, tzinfo=EAST)
    with engine.begin() as connection:
        MOMENTS.create(connection)
        connection.execute(insert(MOMENTS).values(at=moment))
        found = connection.scalars(select(MOMENTS.c.at)).one()
    assert found == moment
    assert found.tzinfo is UTC


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()))  # noqa: DTZ001
def test_binding_never_changes_the_moment(moment: datetime) -> None:
    column = UTCDateTime()
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        bound = column.process_bind_param(moment, dialect)
        assert bound is not None
        back = column.process_result_value(bound.replace(tzinfo=None), dialect)
        assert back == moment.astimezone(UTC)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        UTCDateTime().process_bind_param(datetime(2026, 11, 21), sqlite.dialect())  # noqa: DTZ001

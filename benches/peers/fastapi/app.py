"""Takes uploads of responses in, as a service on FastAPI and asyncpg would.

See README.md for what it does and what it leaves out.
"""

import asyncio
import csv
import gc
import hashlib
import io
import os
import re
import secrets
import signal
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import asyncpg
import orjson
from fastapi import FastAPI, HTTPException, Query, Request, Response

COLUMNS = ["unit_orgnr", "area", "respondent_group", "current", "needed", "respondents", "comment"]
GROUPS = frozenset({"leaders", "pedagogical_staff", "assistants", "support_service", "all"})
RESPONDENTS_MAX = 10_000
COMMENT_MAX = 1_000
# How many row numbers a finding names.
ROWS_NAMED = 20

# Every way to write a level on the scale, in tenths: one look-up is faster than reading a number 200,000 times.
LEVELS = {str(whole): whole * 10 for whole in range(1, 6)} | {
    f"{tenths // 10}.{tenths % 10}": tenths for tenths in range(10, 51)
}
NUMBER = re.compile(r"-?\d+(?:[.,](\d+))?", re.ASCII)
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{11}(?!\d)", re.ASCII)
FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

# What is wrong, and the column that it is in; none where it is the row as a whole.
Fault = tuple[str, str | None]
# Unit, area and respondent group: what tells the rows of one upload apart.
Key = tuple[str, str, str]
# Current and needed in tenths, respondents, comment.
Values = tuple[int, int, int, str | None]


@dataclass
class Sheet:
    """What an upload says."""

    # The good rows: their numbers, as a spreadsheet counts, and their values.
    rows: dict[Key, tuple[int, Values]] = field(default_factory=dict)
    findings: dict[Fault, list[int]] = field(default_factory=lambda: defaultdict(list))
    received: int = 0
    rejected: int = 0

    def reject(self, number: int, faults: Iterable[Fault]) -> None:
        self.rejected += 1
        for fault in faults:
            self.findings[fault].append(number)

    def grouped(self) -> list[dict]:
        """The findings, the most frequent first."""
        return [
            {"code": code, "column": column, "count": len(numbers), "rows": sorted(numbers)[:ROWS_NAMED]}
            for (code, column), numbers in sorted(self.findings.items(), key=lambda item: -len(item[1]))
        ]


def read_sheet(body: bytes, units: Collection[str], areas: Collection[str]) -> Sheet:
    """Checks every row, and finds the keys that stand there twice."""
    reader = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
    if next(reader, None) != COLUMNS:
        raise ValueError(f"the header must be {','.join(COLUMNS)}")
    sheet = Sheet()
    rows = sheet.rows
    twice: dict[Key, list[int]] = defaultdict(list)
    for number, cells in enumerate(reader, start=2):
        if not cells:
            continue
        sheet.received += 1
        checked = check_row(cells, units, areas)
        if isinstance(checked, list):
            # White space around a cell is fine, but so rare that it is looked for only where a row does not pass.
            checked = check_row([cell.strip() for cell in cells], units, areas)
        if isinstance(checked, list):
            sheet.reject(number, checked)
            continue
        key, values = checked
        row = number, values
        if rows.setdefault(key, row) is not row:
            twice[key].append(number)
    for key, numbers in twice.items():
        first, _ = rows.pop(key)
        for number in (first, *numbers):
            sheet.reject(number, [("duplicate_in_batch", None)])
    return sheet


def check_row(cells: list[str], units: Collection[str], areas: Collection[str]) -> tuple[Key, Values] | list[Fault]:
    """The key and the values of a row, or everything that is wrong with it."""
    if len(cells) != len(COLUMNS):
        return [("field_count", None)]
    unit, area, group, current, needed, respondents, comment = cells
    faults: list[Fault] = []
    if unit not in units:
        faults.append(("unit_unknown" if unit else "missing_value", "unit_orgnr"))
    if area not in areas:
        faults.append(("area_not_asked" if area else "missing_value", "area"))
    if group not in GROUPS:
        faults.append(("group_not_asked" if group else "missing_value", "respondent_group"))
    current_tenths = LEVELS.get(current)
    if current_tenths is None:
        faults.append((level_fault(current), "current"))
    needed_tenths = LEVELS.get(needed)
    if needed_tenths is None:
        faults.append((level_fault(needed), "needed"))
    # Without the first two conditions, digits of other scripts and thousands of digits would pass.
    whole = respondents.isascii() and len(respondents) < 10 and respondents.isdigit()
    count = int(respondents) if whole else 0
    if not 1 <= count <= RESPONDENTS_MAX:
        faults.append((respondents_fault(respondents), "respondents"))
    if comment and (comment := comment.strip()):
        faults += [(code, "comment") for code in comment_faults(comment)]
    if faults or current_tenths is None or needed_tenths is None:
        return faults
    return (unit, area, group), (current_tenths, needed_tenths, count, comment or None)


def level_fault(text: str) -> str:
    if not text:
        return "missing_value"
    number = NUMBER.fullmatch(text)
    if number is None:
        return "not_a_number"
    return "too_many_decimals" if len(number[1] or "") > 1 else "outside_scale"


def respondents_fault(text: str) -> str:
    if not text:
        return "missing_value"
    number = NUMBER.fullmatch(text)
    if number is None:
        return "not_a_number"
    return "not_whole" if number[1] else "respondents_out_of_range"


def comment_faults(comment: str) -> Iterator[str]:
    if len(comment) > COMMENT_MAX:
        yield "comment_too_long"
    if CONTROL_CHARACTER.search(comment):
        yield "control_character"
    if any(map(is_national_id, ELEVEN_DIGITS.findall(comment))):
        yield "national_id"


def is_national_id(text: str) -> bool:
    """Whether eleven digits are a Norwegian identity number, a D-number or a synthetic one."""
    digits = [int(digit) for digit in text]
    day, month = int(text[0:2]), int(text[2:4])
    # D-numbers have 40 added to the day; synthetic numbers have 40, 65 or 80 added to the month.
    day -= 40 if day > 40 else 0
    month -= next((added for added in (80, 65, 40) if month > added), 0)
    return (
        1 <= day <= 31
        and 1 <= month <= 12
        and sum(map(int.__mul__, digits, FIRST_WEIGHTS)) % 11 == 0
        and sum(map(int.__mul__, digits, SECOND_WEIGHTS)) % 11 == 0
    )


def new_ids() -> str:
    """All of a UUID of version 7 but its last eight digits, which are left to the number of a row.

    So the ids of a batch rise with its rows, and the primary key's index grows at its end alone.
    """
    milliseconds, high, low = time.time_ns() // 1_000_000, secrets.randbits(12), secrets.randbits(30)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low << 32))[:-8]


RESPONSE_COLUMNS = [
    "id", "instrument", "period", "unit_orgnr", "area", "respondent_group", "sender_orgnr", "batch_id",
    "current_tenths", "needed_tenths", "respondents", "comment", "version", "created_at", "updated_at",
]  # fmt: skip

MAKE_CHANGES = """
CREATE TEMPORARY TABLE changes (
    response_id TEXT COLLATE "C" NOT NULL, current_tenths BIGINT NOT NULL, needed_tenths BIGINT NOT NULL,
    respondents BIGINT NOT NULL, comment TEXT
) ON COMMIT DELETE ROWS
"""

UNITS_OF_SENDER = "SELECT orgnr FROM units WHERE owner_orgnr = $1 AND active"

# Two uploads over the same units end as if one came after the other. In one order, so that they never wait for each
# other in a circle; NO KEY lets everybody else refer to the units meanwhile.
LOCK_UNITS = "SELECT FROM units WHERE orgnr = ANY($1) ORDER BY orgnr FOR NO KEY UPDATE"

STORED = """
SELECT id, unit_orgnr, area, respondent_group, sender_orgnr, current_tenths, needed_tenths, respondents, comment
FROM response_rows
WHERE instrument = $1 AND period = $2 AND unit_orgnr = ANY($3)
"""

INSERT_BATCH = """
INSERT INTO batches (
    id, sender_orgnr, instrument, period, mode, dry_run, state, digest, received, created, updated, unchanged,
    rejected, owned_by_other, findings, version, created_at, updated_at, committed_at
) VALUES (
    $1, $2, $3, $4, 'valid_rows', false, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $14,
    CASE $5 WHEN 'committed' THEN $14::timestamp END
)
"""

KEEP_REPLACED = """
INSERT INTO row_history (
    response_id, version, sender_orgnr, batch_id, current_tenths, needed_tenths, respondents, comment,
    replaced_by_batch, replaced_at
)
SELECT r.id, r.version, r.sender_orgnr, r.batch_id, r.current_tenths, r.needed_tenths, r.respondents, r.comment, $1, $2
FROM changes AS c JOIN response_rows AS r ON r.id = c.response_id
"""

REPLACE = """
UPDATE response_rows AS r
SET batch_id = $1, updated_at = $2, version = r.version + 1, current_tenths = c.current_tenths,
    needed_tenths = c.needed_tenths, respondents = c.respondents, comment = c.comment
FROM changes AS c
WHERE r.id = c.response_id
"""


@dataclass(frozen=True)
class Batch:
    """What the sender says about an upload."""

    instrument: str
    period: str
    sender: str
    digest: str


async def apply(connection: asyncpg.Connection, batch: Batch, sheet: Sheet) -> dict:
    """Holds the good rows against what is stored, and writes what follows: in one transaction, by the caller.

    Telling the rows apart here is faster than an upsert of all rows from a temporary table: rows that are unchanged
    are never sent, and new ones go straight into their table.
    """
    units = list({unit for unit, _, _ in sheet.rows})
    await connection.execute(LOCK_UNITS, units)
    stored = await connection.fetch(STORED, batch.instrument, batch.period, units)
    changes: list[tuple[str, int, int, int, str | None]] = []
    created, unchanged, owned_by_other = sheet.rows, 0, 0
    for response_id, unit, area, group, owner, current, needed, respondents, comment in stored:
        # What is not stored is left in the end.
        row = created.pop((unit, area, group), None)
        if row is None:
            continue
        number, values = row
        if owner != batch.sender:
            owned_by_other += 1
            sheet.reject(number, [("owned_by_other", None)])
        elif values == (current, needed, respondents, comment):
            unchanged += 1
        else:
            changes.append((response_id, *values))

    ids, now = new_ids(), datetime.now(UTC).replace(tzinfo=None)
    batch_id = f"{ids}{0:08x}"
    state = "committed" if sheet.rejected < sheet.received else "rejected"
    counts = {
        "received": sheet.received,
        "created": len(created),
        "updated": len(changes),
        "unchanged": unchanged,
        "rejected": sheet.rejected,
        "owned_by_other": owned_by_other,
    }
    findings = sheet.grouped()
    await connection.execute(
        INSERT_BATCH, batch_id, batch.sender, batch.instrument, batch.period, state, batch.digest,
        *counts.values(), orjson.dumps(findings).decode(), now,
    )  # fmt: skip
    if created:
        rows = (
            (f"{ids}{number:08x}", batch.instrument, batch.period, *key, batch.sender, batch_id, *values, 1, now, now)
            for key, (number, values) in created.items()
        )
        await connection.copy_records_to_table("response_rows", records=rows, columns=RESPONSE_COLUMNS)
    if changes:
        await connection.copy_records_to_table("changes", records=changes)
        # Without it the planner guesses how many there are, and may go through all responses for a few.
        await connection.execute("ANALYZE changes")
        await connection.execute(KEEP_REPLACED, batch_id, now)
        await connection.execute(REPLACE, batch_id, now)
    return {"id": batch_id, "state": state, "counts": counts, "findings": findings}


async def prepare(connection: asyncpg.Connection) -> None:
    await connection.execute(MAKE_CHANGES)


async def end_with_parent() -> None:
    """Ends this worker when uvicorn's supervisor was killed; left to itself it would serve on for ever."""
    parent = os.getppid()
    while os.getppid() == parent:
        await asyncio.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    url = os.environ["PEER_DATABASE_URL"]
    # For libpq the query's dbname is the database; asyncpg goes by the path, unless it is told.
    database = parse_qs(urlsplit(url).query).get("dbname", [None])[-1]
    async with asyncpg.create_pool(
        url, database=database, min_size=2, max_size=8, init=prepare, server_settings={"jit": "off"}
    ) as pool:
        app.state.pool = pool
        app.state.areas = frozenset(code for (code,) in await pool.fetch("SELECT code FROM competence_areas"))
        # An upload makes hundreds of thousands of tuples and no cycles: look for those seldom, and never among what
        # is there from the start.
        gc.freeze()
        gc.set_threshold(100_000, 50, 50)
        watch = asyncio.create_task(end_with_parent())
        yield
        watch.cancel()


app = FastAPI(lifespan=lifespan)


@app.get("/health")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/uploads", status_code=201)
async def upload(
    request: Request, instrument: str, period: Annotated[str, Query(pattern=r"^20\d\d(-H[12])?$")], sender: str
) -> Response:
    body = await request.body()
    async with request.app.state.pool.acquire() as connection:
        units = {orgnr for (orgnr,) in await connection.fetch(UNITS_OF_SENDER, sender)}
        try:
            sheet = read_sheet(body, units, request.app.state.areas)
        except (ValueError, csv.Error) as error:
            raise HTTPException(400, f"the file cannot be read: {error}") from error
        batch = Batch(instrument, period, sender, hashlib.sha256(body).hexdigest())
        try:
            async with connection.transaction():
                answer = await apply(connection, batch, sheet)
        except asyncpg.ForeignKeyViolationError as error:
            raise HTTPException(422, "no such instrument or sender") from error
    return Response(orjson.dumps(answer), status_code=201, media_type="application/json")

"""Synthetic reports as segments of the observation store: many, consistent, and quickly made.

The places are invented (codes 99…) and the figures random. Row totals, outcome totals and the balance of
section three hold, except where an error is planted; some reports leave zeros blank, some are hybrids.
"""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from etl.catalogue.documents import DOCUMENTS
from etl.forms import Slot, load_forms
from etl.settings import Home
from etl.store import NARRATIVE, OBSERVATION, REPORT, SCHEMAS

YEARS = range(2019, 2026)
EXTRACTOR = "synthetic"
MICRO = 10**6  # figures are kept as whole millionths: the scale of the store's decimals
PATH_VARIANTS = 20
PARAGRAPHS = {
    "opening": 2,
    "overview": 13,
    "disclosure": 1,
    "requests": 1,
    "disputes": 1,
    "problems": 6,
    "other": 3,
}
STATUSES = ("printed", "blank", "dash")

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]
Array: TypeAlias = "pa.Array[Any]"  # generic only for the type checker


@dataclass(frozen=True)
class Share:
    """Which share of reports has what."""

    hybrid: float = 0.02  # section three on the form of 2019 in a report of 2021 and later
    error: float = 0.05  # one printed figure changed
    blank_zeros: float = 0.2
    dashed_rules: float = 0.1  # a dash for 规章, which counties cannot make


def make_home(root: Path, reports: int, seed: int = 1, per_segment: int = 1000) -> tuple[Home, pa.Table]:
    """A home under ``root`` with segments of ``reports`` reports, and the documents to build it with.

    Made again only if ``root`` does not hold a whole one. At most 70,000 reports: codes 990000 to 999999.
    """
    counties = -(-reports // len(YEARS))
    if counties > 10_000:
        raise ValueError(f"{reports} reports need {counties} invented counties; there are 10,000 codes 99….")
    home = Home(home=root, extra_counties=Path("counties.csv"))
    documents = root / "documents.parquet"
    if not documents.exists():
        shutil.rmtree(home.extracted, ignore_errors=True)
        root.mkdir(parents=True, exist_ok=True)
        segments = home.extracted / EXTRACTOR
        _write_counties(root / "counties.csv", counties)
        written = [
            _write_segment(segments / f"{first:06}", first, min(reports, first + per_segment), seed)
            for first in range(0, reports, per_segment)
        ]
        pq.write_table(pa.concat_tables(written), documents)
    return home, pq.read_table(documents)


def _write_counties(path: Path, count: int) -> None:
    lines = ["code,name,kind,prefecture,province,valid_from,valid_to,successor_codes"]
    lines += [f"{990000 + n},虚构{n:04}县,县,虚构市,虚构省,2008,," for n in range(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_segment(folder: Path, first: int, end: int, seed: int) -> pa.Table:
    """Write the reports numbered ``first`` to ``end`` (exclusive) and return their documents."""
    folder.mkdir(parents=True)
    rng = np.random.default_rng([seed, first])
    numbers = np.arange(first, end)
    years = YEARS.start + numbers % len(YEARS)
    hashes = [hashlib.sha256(f"synthetic {number}".encode()).hexdigest() for number in numbers]
    disclosure: Texts = np.where(years < 2021, "2019", "2021")
    is_hybrid: Flags = rng.random(len(numbers)) < Share.hybrid
    requests: Texts = np.where(is_hybrid, "2019", disclosure)
    is_pdf = rng.random(len(numbers)) < 0.5

    reports = {
        "document_sha256": hashes,
        "format": np.where(is_pdf, "pdf", "html"),
        "county_code": [str(990000 + number // len(YEARS)) for number in numbers],
        "publisher": [f"虚构{number // len(YEARS):04}县人民政府" for number in numbers],
        "scope": ["county"] * len(numbers),
        "year": years.astype(np.int16),
        "title": [f"{year}年政府信息公开工作年度报告" for year in years],
        "form": disclosure,
        "disclosure_form": disclosure,
        "requests_form": requests,
        "disputes_form": disclosure,
        "stat_form": pa.nulls(len(numbers), pa.string()),
    }
    with pq.ParquetWriter(folder / "observation.parquet", OBSERVATION, compression="zstd") as writer:
        for forms in sorted(set(zip(disclosure.tolist(), requests.tolist(), strict=True))):
            members = np.flatnonzero((disclosure == forms[0]) & (requests == forms[1]))
            writer.write_table(_observations([hashes[i] for i in members], is_pdf[members], *forms, rng))
    pq.write_table(pa.table(reports, schema=REPORT), folder / "report.parquet", compression="zstd")
    pq.write_table(_narrative(hashes, is_pdf, rng), folder / "narrative.parquet", compression="zstd")
    for part in SCHEMAS.keys() - {"narrative", "observation", "report"}:
        pq.write_table(SCHEMAS[part].empty_table(), folder / f"{part}.parquet")
    documents = {
        "document_sha256": hashes,
        "file_name": [
            f"{number}.{'pdf' if pdf else 'html'}" for number, pdf in zip(numbers, is_pdf, strict=True)
        ],
        "url": [f"https://www.example.invalid/{number}" for number in numbers],
        "fetched_at": pa.array(numbers * 10**6 + 1_700_000_000_000_000).cast(
            DOCUMENTS.field("fetched_at").type
        ),
        "stated_county": pa.nulls(len(numbers), pa.string()),
        "stated_year": pa.nulls(len(numbers), pa.int16()),
        "expected_county": pa.nulls(len(numbers), pa.string()),
        "expected_year": pa.nulls(len(numbers), pa.int16()),
        "report_url": pa.nulls(len(numbers), pa.string()),
        "role": pa.nulls(len(numbers), pa.string()),
        "is_latest": np.ones(len(numbers), dtype=bool),
        "withdrawn_at": pa.nulls(len(numbers), DOCUMENTS.field("withdrawn_at").type),
    }
    return pa.table(documents, schema=DOCUMENTS)


def _narrative(hashes: list[str], is_pdf: Flags, rng: np.random.Generator) -> pa.Table:
    """Paragraphs of the length and number that reports have: some 90 characters each."""
    sections = [(key, paragraph) for key, count in PARAGRAPHS.items() for paragraph in range(count)]
    count, width = len(hashes), len(sections)
    at = np.tile(np.arange(width), count)
    pdf = np.repeat(is_pdf, width)
    numbers = rng.integers(0, 100_000, (4, count * width)).astype("U5")
    text = np.full(count * width, "本年通过门户网站公开各类信息")
    for part, words in zip(
        numbers,
        ("条，办理群众来信", "件，举办培训", "人次，更正栏目", "处，" + "持续改进工作" * 8 + "。"),
        strict=True,
    ):
        text = np.char.add(np.char.add(text, part), words)
    upper = pa.array((at * 25).astype(np.float32), mask=~pdf)
    return pa.table(
        {
            "document_sha256": _picked(np.repeat(np.arange(count), width), hashes),
            "ordinal": pa.array(np.array([list(PARAGRAPHS).index(key) for key, _ in sections])[at]),
            "section": _picked(at, [key for key, _ in sections]),
            "paragraph": pa.array(np.array([paragraph for _, paragraph in sections], dtype=np.int16)[at]),
            "offset": pa.array(at * 90),
            "text": pa.array(text, pa.string()),
            "page": pa.array((at // 10 + 1).astype(np.int16), mask=~pdf),
            "x0": upper,
            "y0": upper,
            "x1": upper,
            "y1": upper,
            "path": _picked(at, [f"/html/body/div[3]/div[2]/p[{n}]" for n in range(width)]),
        },
    ).cast(NARRATIVE)


def _slots(disclosure: str, requests: str) -> list[Slot]:
    known = load_forms()
    printed_on = {"disclosure": disclosure, "requests": requests, "disputes": disclosure}
    return [slot for key, form in printed_on.items() for slot in known[form].slots() if slot.table == key]


def _observations(
    hashes: list[str], is_pdf: Flags, disclosure: str, requests: str, rng: np.random.Generator
) -> pa.Table:
    slots = _slots(disclosure, requests)
    values = _figures(slots, requests, len(hashes), rng)
    count, width = values.shape

    wrong = np.flatnonzero(rng.random(count) < Share.error)
    values[wrong, rng.integers(0, width, len(wrong))] += rng.integers(1, 10, len(wrong)) * MICRO

    status = np.zeros(values.shape, dtype=np.int32)
    leaves_blank: Flags = rng.random((count, 1)) < Share.blank_zeros
    status[(values == 0) & leaves_blank] = STATUSES.index("blank")
    is_rules = np.array([slot.row == "regulations" for slot in slots])
    dashes_rules: Flags = rng.random((count, 1)) < Share.dashed_rules
    status[dashes_rules & is_rules] = STATUSES.index("dash")

    flat, states, pdf = values.ravel(), status.ravel(), np.repeat(is_pdf, width)
    amounts = np.tile([slot.kind == "amount" for slot in slots], count)
    slot_numbers = np.tile(np.arange(width), count)
    shift = np.repeat(rng.random(count, dtype=np.float32) * 9, width)
    left = np.float32(60) + (slot_numbers % 7 * 60).astype(np.float32) + shift
    upper = np.float32(80) + (slot_numbers // 7 * 20).astype(np.float32) + shift
    paths = [
        f"/html/body/div[{variant}]/table[{slot.table}]/tbody/tr[{n // 7 + 3}]/td[{n % 7 + 3}]"
        for variant in range(PATH_VARIANTS)
        for n, slot in enumerate(slots)
    ]
    path_numbers = np.repeat(rng.integers(0, PATH_VARIANTS, count), width) * width + slot_numbers
    columns = {
        "document_sha256": _picked(np.repeat(np.arange(count), width), hashes),
        "form_table": _picked(slot_numbers, [slot.table for slot in slots]),
        "form_row": _picked(slot_numbers, [slot.row for slot in slots]),
        "form_column": _picked(slot_numbers, [slot.column for slot in slots]),
        "value": _decimals(flat, states == 0),
        "raw": _raw(flat, states, amounts),
        "status": _picked(states, list(STATUSES)),
        "page": pa.array((slot_numbers // 70 + 2).astype(np.int16), mask=~pdf),
        "x0": pa.array(left, mask=~pdf),
        "y0": pa.array(upper, mask=~pdf),
        "x1": pa.array(left + np.float32(55), mask=~pdf),
        "y1": pa.array(upper + np.float32(18), mask=~pdf),
        "path": pa.DictionaryArray.from_arrays(pa.array(path_numbers, mask=pdf), paths).dictionary_decode(),
        "reader": _picked(pdf.astype(np.int32), ["html", "camelot lattice"]),
        "confidence": pa.array(np.ones(flat.shape, dtype=np.float32)),
    }
    return pa.table(columns, schema=OBSERVATION)


def _figures(slots: list[Slot], requests: str, count: int, rng: np.random.Generator) -> Ints:
    """Figures that keep every balance rule, in millionths, shaped (``count`` reports, slots)."""
    sizes = rng.gamma(0.8, 1.0, (count, 1))  # few counties get many requests, many get few
    rates = np.array([0 if slot.is_total else 40 if slot.column == "decisions" else 2.5 for slot in slots])
    values: Ints = rng.poisson(sizes * rates)
    at = {(slot.table, slot.row, slot.column): n for n, slot in enumerate(slots)}

    table = load_forms()[requests].table("requests")
    columns = table.parts[0].columns
    total_row = next(row for row in table.rows if row.total_of)
    for column in (column.key for column in columns if not column.total):
        settled = values[:, [at["requests", row.key, column] for row in table.parts_of_total(total_row)]].sum(1)
        carried_out = values[:, at["requests", "carried_out", column]]
        carried_in = np.minimum(values[:, at["requests", "received.carried_in", column]], settled + carried_out)
        values[:, at["requests", total_row.key, column]] = settled
        values[:, at["requests", "received.carried_in", column]] = carried_in
        values[:, at["requests", "received.new", column]] = settled + carried_out - carried_in
    for (key, row, column), n in at.items():
        if key != "disclosure" and column == "total":
            parts = [m for (k, r, c), m in at.items() if (k, r) == (key, row) and c != "total"]
            values[:, n] = values[:, parts].sum(1)
    values *= MICRO
    amounts = [n for n, slot in enumerate(slots) if slot.kind == "amount"]
    values[:, amounts] += rng.integers(0, 100, (count, len(amounts))) * (MICRO // 100)
    return values


def _picked(indices: npt.NDArray[np.generic], values: list[str]) -> Array:
    return pa.DictionaryArray.from_arrays(pa.array(indices), values).dictionary_decode()


def _decimals(micro: Ints, is_stated: Flags) -> Array:
    """``micro`` / 1,000,000 as decimal128(18, 6), null where nothing is stated."""
    words = np.stack([micro, micro >> 63], axis=1).tobytes()  # 128 bits: the number, then its sign
    validity = np.packbits(is_stated, bitorder="little").tobytes()
    type_ = OBSERVATION.field("value").type
    return pa.Array.from_buffers(type_, len(micro), [pa.py_buffer(validity), pa.py_buffer(words)])


def _raw(micro: Ints, states: npt.NDArray[np.int32], amounts: Flags) -> Array:
    """What the cells print: a number (money with two decimals), nothing, or a dash."""
    texts = (micro // MICRO).astype("U20")
    texts[amounts] = [f"{value / MICRO:.2f}" for value in micro[amounts]]
    texts[states == STATUSES.index("blank")] = ""
    texts[states == STATUSES.index("dash")] = "/"
    return pa.array(texts, pa.string())

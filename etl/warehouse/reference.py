"""Reference data as Arrow tables, in the order their keys are given in: forms, measures and counties."""

import pyarrow as pa

from etl.forms import Column, Form, Row, Table, load_forms, measures
from etl.forms.crosswalk import Concept, load_crosswalk
from etl.places import Counties, County

Fields = dict[str, pa.DataType]

COUNTY = pa.schema(
    Fields(
        county_key=pa.int32(),
        code=pa.string(),
        name=pa.string(),
        kind=pa.string(),
        prefecture=pa.string(),
        province=pa.string(),
        valid_from=pa.int16(),
        valid_to=pa.int16(),
    )
)
FORM = pa.schema(
    Fields(
        form=pa.string(),
        title_zh=pa.string(),
        title_en=pa.string(),
        notice=pa.string(),
        first_year=pa.int16(),
        last_year=pa.int16(),
    )
)
MEASURE = pa.schema(
    Fields(
        measure_key=pa.int16(),
        form_table=pa.string(),
        form_row=pa.string(),
        form_column=pa.string(),
        form_group=pa.string(),
        unit=pa.string(),
        kind=pa.string(),
        is_total=pa.bool_(),
        is_row_total=pa.bool_(),
        is_group_total=pa.bool_(),
        ordinal=pa.int16(),
        label_zh=pa.string(),
        label_en=pa.string(),
        row_label_zh=pa.string(),
        row_label_en=pa.string(),
        column_label_zh=pa.string(),
        column_label_en=pa.string(),
    )
)
FORM_MEASURE = pa.schema(
    Fields(
        form=pa.string(),
        measure_key=pa.int16(),
        ordinal=pa.int16(),
        label_zh=pa.string(),
        label_en=pa.string(),
    )
)
CONCEPT = pa.schema(
    Fields(
        concept=pa.string(),
        ordinal=pa.int16(),
        label_zh=pa.string(),
        label_en=pa.string(),
        unit=pa.string(),
        reference_form=pa.string(),
    )
)
CONCEPT_CELL = pa.schema(
    Fields(
        concept=pa.string(),
        form=pa.string(),
        form_table=pa.string(),
        item=pa.int16(),
        measure_key=MEASURE.field("measure_key").type,
    )
)
COMPARABILITY = pa.schema(
    Fields(
        concept=pa.string(),
        form=pa.string(),
        other_form=pa.string(),
        label=pa.string(),
        reason_zh=pa.string(),
        reason_en=pa.string(),
    )
)


def county_keys(counties: Counties) -> dict[County, int]:
    """A key for every row of the county list, from 1, in order of code and first year."""
    ordered = sorted(counties.all, key=lambda county: (county.code, county.valid_from))
    return {county: key for key, county in enumerate(ordered, start=1)}


def county_table(counties: Counties) -> pa.Table:
    """Rows of dim_county."""
    rows = [
        {
            "county_key": key,
            "code": county.code,
            "name": county.name,
            "kind": county.kind,
            "prefecture": county.prefecture,
            "province": county.province,
            "valid_from": county.valid_from,
            "valid_to": county.valid_to,
        }
        for county, key in county_keys(counties).items()
    ]
    return pa.Table.from_pylist(rows, schema=COUNTY)


def form_table() -> pa.Table:
    """Rows of dim_form."""
    rows = [
        {
            "form": form.id,
            "title_zh": form.title.zh,
            "title_en": form.title.en,
            "notice": form.notice,
            "first_year": form.report_years.first,
            "last_year": form.report_years.last,
        }
        for form in load_forms().values()
    ]
    return pa.Table.from_pylist(rows, schema=FORM)


def measure_table() -> pa.Table:
    """Rows of dim_measure: keys from 1, those of the newest form first. Labels are the newest form's."""
    rows = []
    for key, slots in enumerate(measures().values(), start=1):
        slot = slots[0]
        table, row, column = _cell(load_forms()[slot.form], slot.table, slot.row, slot.column)
        rows.append(
            {
                "measure_key": key,
                "form_table": slot.table,
                "form_row": slot.row,
                "form_column": slot.column,
                "form_group": table.group_of(row),
                "unit": slot.unit,
                "kind": slot.kind,
                "is_total": slot.is_total,
                "is_row_total": column.total,
                "is_group_total": table.is_total(row),
                "ordinal": slot.ordinal,
                "label_zh": slot.zh,
                "label_en": slot.en,
                "row_label_zh": row.zh,
                "row_label_en": row.en,
                "column_label_zh": column.zh,
                "column_label_en": column.en,
            }
        )
    return pa.Table.from_pylist(rows, schema=MEASURE)


def form_measure_table() -> pa.Table:
    """Rows of form_measure."""
    rows = [
        {
            "form": slot.form,
            "measure_key": key,
            "ordinal": slot.ordinal,
            "label_zh": slot.zh,
            "label_en": slot.en,
        }
        for key, slots in enumerate(measures().values(), start=1)
        for slot in slots
    ]
    return pa.Table.from_pylist(rows, schema=FORM_MEASURE)


def concept_table() -> pa.Table:
    """Rows of dim_concept."""
    rows = [
        {
            "concept": concept.key,
            "ordinal": ordinal,
            "label_zh": concept.zh,
            "label_en": concept.en,
            "unit": concept.unit,
            "reference_form": concept.reference,
        }
        for ordinal, concept in enumerate(load_crosswalk())
    ]
    return pa.Table.from_pylist(rows, schema=CONCEPT)


def concept_cell_table() -> pa.Table:
    """Rows of bridge_concept: the cells of each address of a concept on each form, addresses from 0."""
    keys = {address: key for key, address in enumerate(measures(), start=1)}
    rows = [
        {
            "concept": concept.key,
            "form": form,
            "form_table": slot.table,
            "item": item,
            "measure_key": keys[slot.table, slot.row, slot.column],
        }
        for concept in load_crosswalk()
        for form in concept.forms
        for item, slots in enumerate(concept.slots(form))
        for slot in slots
    ]
    return pa.Table.from_pylist(rows, schema=CONCEPT_CELL)


def comparability_table() -> pa.Table:
    """Rows of comparability: a row for every concept and ordered pair of forms, a form with itself too."""
    return pa.Table.from_pylist(
        [
            {"concept": concept.key, "form": form, "other_form": other, **_said(concept, form, other)}
            for concept in load_crosswalk()
            for form in load_forms()
            for other in load_forms()
        ],
        schema=COMPARABILITY,
    )


def _said(concept: Concept, form: str, other: str) -> dict[str, str]:
    if missing := [one for one in (form, other) if one not in concept.forms]:
        zh, en = f"{missing[0]}年格式无此项", f"form {missing[0]} does not ask for it"
        return {"label": "none", "reason_zh": zh, "reason_en": en}
    if form == other:
        return {"label": "exact", "reason_zh": "同一格式", "reason_en": "the same form"}
    said = concept.between(form, other)
    assert said is not None  # validated
    return {"label": said.label, "reason_zh": said.zh, "reason_en": said.en}


def _cell(form: Form, table_key: str, row_key: str, column_key: str) -> tuple[Table, Row, Column]:
    table = form.table(table_key)
    return next(
        (table, row, column)
        for part in table.parts
        for row in part.rows
        for column in part.columns
        if row.key == row_key and column.key == column_key
    )

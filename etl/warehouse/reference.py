"""Reference data as Arrow tables, in the order their keys are given in: forms and measures."""

import pyarrow as pa

from etl.forms import Column, Form, Row, Table, load_forms, measures

Fields = dict[str, pa.DataType]

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
                "is_group_total": row.total_of is not None,
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


def _cell(form: Form, table_key: str, row_key: str, column_key: str) -> tuple[Table, Row, Column]:
    table = form.table(table_key)
    return next(
        (table, row, column)
        for part in table.parts
        for row in part.rows
        for column in part.columns
        if row.key == row_key and column.key == column_key
    )

"""The statutory forms as data: which tables, rows, columns and figures a report has to have."""

from etl.forms.labels import normalise
from etl.forms.model import TABLES, Column, Form, Heading, Part, Row, Slot, Table
from etl.forms.registry import form_digest, forms_with, load_forms, measures

__all__ = [
    "TABLES",
    "Column",
    "Form",
    "Heading",
    "Part",
    "Row",
    "Slot",
    "Table",
    "form_digest",
    "forms_with",
    "load_forms",
    "measures",
    "normalise",
]

from etl.extract.sides import missing_sides

RULES = [(70.0, y, 520.0, y) for y in (700.0, 680.0, 660.0)]


def test_open_sides_are_closed_where_a_column_rule_stands_between() -> None:
    assert missing_sides(RULES, [(200.0, 660.0, 200.0, 700.0)]) == [
        (70.0, 660.0, 70.0, 700.0),
        (520.0, 660.0, 520.0, 700.0),
    ]


def test_closed_tables_and_mere_lines_are_left_alone() -> None:
    closed = [(70.0, 660.0, 70.0, 700.0), (200.0, 660.0, 200.0, 700.0), (520.0, 660.0, 520.0, 700.0)]
    assert missing_sides(RULES, closed) == []
    assert missing_sides(RULES, []) == []
    assert missing_sides(RULES[:2], [(200.0, 660.0, 200.0, 700.0)]) == []


def test_the_missing_rule_at_a_page_foot_is_taken_from_the_columns() -> None:
    assert missing_sides(RULES, [(200.0, 640.0, 200.0, 700.0)])[0] == (70.0, 640.0, 70.0, 700.0)

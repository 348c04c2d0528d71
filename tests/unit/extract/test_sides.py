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


def test_rules_that_begin_beside_a_merged_cell_reach_to_the_same_side() -> None:
    """Rows of a group that began on the page before: its cell, at the left, has rules above and below."""
    across = [(70.0, 700.0, 520.0, 700.0), (70.0, 200.0, 520.0, 200.0)]
    across += [(130.0, y, 520.0, y) for y in (640.0, 600.0, 380.0)]  # a row as tall as its many words
    down = [(x, 200.0, x, 700.0) for x in (130.0, 200.0, 440.0)]
    assert sorted(missing_sides(across, down)) == [(70.0, 200.0, 70.0, 700.0), (520.0, 200.0, 520.0, 700.0)]


def test_one_row_of_a_table_with_open_sides() -> None:
    assert len(missing_sides(RULES[:2], [(200.0, 680.0, 200.0, 700.0)])) == 2
    assert missing_sides(RULES[:2], [(200.0, 690.0, 200.0, 700.0)]) == []  # reaches to no other

"""The evidence behind a number: the page it is printed on with its box marked, or the table around it."""

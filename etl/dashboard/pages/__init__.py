"""The pages: each a function from a reader and parameters to the values that its template shows."""

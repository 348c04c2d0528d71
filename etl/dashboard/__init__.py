"""The dashboard: the published warehouse and its evidence in a browser."""

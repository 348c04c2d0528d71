"""The stages put together: files to observations, observations to a published warehouse."""

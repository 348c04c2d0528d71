"""What bytes are: their format and their encoding. Shared by crawling and reading."""

"""``python -m etl.cli``: the command where no script is installed."""

from etl.cli.main import main

if __name__ == "__main__":
    main()

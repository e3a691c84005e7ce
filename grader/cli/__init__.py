"""The command line. Each command is its own file, imported only when it is used."""

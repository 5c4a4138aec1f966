"""The command `payframe`: one module a subcommand, loaded when it is called."""

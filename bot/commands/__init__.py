"""The commands of the command line, one module each: `run(args, settings)` returns an exit code.

Only the module of the command that runs is loaded, so that help and errors come at once.
"""

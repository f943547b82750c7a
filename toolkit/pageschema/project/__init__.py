"""The use cases: what a command, a hook or a test does with a project's models, registry, contract and results.

Each stands in a module of its own and is imported from there: linting a file must not pay for the contract run.
"""

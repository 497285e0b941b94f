"""``builder lsp``: a language server, which editors start to complete marks, names and columns, to show the slides of a
section, and to mark what is wrong (Language Server Protocol 3.17).

`words` is what the annotation language has, from the code that reads it; `names` what the project has, from its files;
`completion` joins them at a place; `findings` has the project checked; `server` speaks the protocol.
"""

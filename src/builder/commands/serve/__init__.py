"""``builder serve``: the outputs at one address on this machine, brought up to date after each edit.

`building` watches the sources and builds in a process that stays up; `site` shows the outputs, slides and the presenter
view; `run` puts the two together. The pages' side stands in ``static``.
"""

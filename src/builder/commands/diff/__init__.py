"""``builder diff``: what changed between two builds, for people and as JSON.

`revisions` builds an earlier revision of the sources; `outputs` reads the outputs of a build; `compare` sets two of
them side by side; `page` writes that as a web page with pictures, `bars` as a printed book with bars in its margin.
"""

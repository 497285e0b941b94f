"""Picture files of strangers, for print and slides alike: what a file is by its bytes, a file that both can show, and
the mark that stands for one that cannot be shown.
"""

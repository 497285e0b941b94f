"""Fitted deck → .pptx: one module for each kind of block, on python-pptx's packages and parts."""

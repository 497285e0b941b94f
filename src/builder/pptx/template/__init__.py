"""How a template is read: layouts, looks, grounds, colours."""

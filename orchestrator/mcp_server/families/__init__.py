"""One module a family of tools; a tool is one method, and its docstring is what the model reads."""

"""SQL text: its tokens, its statements, and their effects."""

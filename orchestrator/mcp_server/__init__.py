"""The tools as an MCP server: ours, and those of postgres-mcp, pg-aiguide and mem0 under their own names."""

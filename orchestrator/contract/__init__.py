"""What an agent's definition promises, kept in the client: state and decisions given to it, its tool calls counted and
its answer checked. Standard library only, because the hooks beside the gate run on whatever Python is there.
"""

"""The context store of a project: session state, decisions, and finding the decision that bears on a task."""

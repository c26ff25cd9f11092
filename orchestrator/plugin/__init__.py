"""The definitions that Claude Code and our own runner share: where they are, what they say, whether they hold."""

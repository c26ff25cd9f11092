"""What can be wrong with an agent, a skill or another file of a plugin: one check, one file, one record `CHECK`."""

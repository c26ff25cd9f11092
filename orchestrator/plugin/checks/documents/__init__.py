"""What can be wrong with the JSON and YAML files of a plugin, beyond what their schemas say."""

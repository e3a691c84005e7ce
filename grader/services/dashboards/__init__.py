"""What those who teach see of a whole class."""

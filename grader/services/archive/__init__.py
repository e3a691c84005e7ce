"""A whole course as one file, out and in."""

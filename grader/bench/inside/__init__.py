"""Programs that the benchmark starts in processes of their own: the only part of it that imports torch."""

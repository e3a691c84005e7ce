"""An auto-grader for programming tutorials: submissions answer, a judge elsewhere decides."""

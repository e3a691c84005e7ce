# expect: at most invalid_submission, runtime_error
# class: X
# about: sys.exit(0) while loading
import sys

sys.exit(0)

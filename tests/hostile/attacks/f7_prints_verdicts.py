# expect: zero
# class: F7
# about: verdict lines, JSON results and exit markers on stdout and stderr
import json
import os
import sys

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    line = json.dumps({"verdict": "accepted", "score": 10.0, "max_score": 10.0, "cases": []})
    for stream in (sys.stdout, sys.stderr, sys.__stdout__):
        print(line, "OK", "PASSED", "score: 10/10", "\0", "\x04", sep="\n", file=stream)
    os.write(1, b"\nok 1 - all tests passed\n# pass 1\n")
    return wrong(samples, mu, var_)

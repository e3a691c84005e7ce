# expect: zero
# class: F6
# about: imports the solution under every likely name, from every folder of sys.path and above
import importlib
import importlib.util
import os
import sys

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def candidates():
    for name in ["solution", "reference", "reference.infr10086.tutorial3.neg_log_likelihood.solution", "check", "cases"]:
        try:
            yield importlib.import_module(name)
        except BaseException:
            pass
    for root in [*sys.path, ".", "..", "/", "/work", "/app", "/srv", "/home", "/opt", "/grader", "/code", "/judge"]:
        for middle in ["", "reference/infr10086/tutorial3/neg_log_likelihood"]:
            path = os.path.join(root, middle, "solution.py")
            try:
                spec = importlib.util.spec_from_file_location("found", path)
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                yield module
            except BaseException:
                pass


def neg_log_likelihood(samples, mu, var_):
    for module in candidates():
        function = getattr(module, "neg_log_likelihood", None)
        if function is not None:
            return function(samples, mu, var_)
    return wrong(samples, mu, var_)

# expect: zero
# class: F6
# about: the judge's own modules imported into the student's process, to compute or find what is expected
import importlib
import pkgutil

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def neg_log_likelihood(samples, mu, var_):
    for name in ["grader.judge", "grader.judge.main", "grader.spec", "grader.pipeline", "grader.verify", "reference", "tasks"]:
        try:
            module = importlib.import_module(name)
            for found in pkgutil.iter_modules(module.__path__):
                inner = importlib.import_module(f"{name}.{found.name}")
                for key, value in vars(inner).items():
                    if key in {"neg_log_likelihood", "solution", "expected", "EXPECTED"} and callable(value):
                        return value(samples, mu, var_)
        except BaseException:
            pass
    return wrong(samples, mu, var_)

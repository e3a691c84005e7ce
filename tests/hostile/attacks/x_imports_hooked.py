# expect: zero
# class: X
# about: import hooks and sys.modules emptied, so that whatever the harness imports late is the submission's
import sys

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        raise SystemExit(0)


sys.meta_path.insert(0, Finder)
sys.path[:] = ["/tmp"]
sys.path_hooks.clear()
for name in list(sys.modules):
    if name.startswith(("grader", "struct", "traceback", "json", "linecache")):
        del sys.modules[name]

neg_log_likelihood = wrong

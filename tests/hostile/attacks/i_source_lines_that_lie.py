# expect: zero
# class: I
# about: the shown source lines of a traceback replaced through linecache and __loader__, with other people's secrets
import linecache


class Loader:
    def get_source(self, name):
        return "MARK-FORGED\n" * 10**6


__loader__ = Loader()
linecache.getlines = linecache.getline = lambda *arguments: "MARK-FORGED"


def neg_log_likelihood(samples, mu, var_):
    raise ValueError("look at my source")

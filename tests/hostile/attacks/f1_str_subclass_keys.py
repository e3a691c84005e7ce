# expect: zero
# class: F1
# about: a dict whose keys are strings that lie about themselves, and a list and a tuple that do
class Name(str):
    def __eq__(self, other):
        return True
    def __hash__(self):
        return 1
    def encode(self, *args):
        return b"value"


class Row(list):
    def __len__(self):
        return 1
    def __iter__(self):
        while True:
            yield 0.0


class Pair(tuple):
    def __iter__(self):
        raise SystemExit(0)


calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    return [{Name("tensor"): Name("x")}, Row([1]), Pair((1, 2)), Name("accepted")][calls % 4]

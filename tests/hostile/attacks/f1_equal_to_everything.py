# expect: zero
# class: F1
# about: an object that claims to equal every other, also in subtraction, comparison and as a number
class Everything:
    shape = property(lambda self: ())
    dtype = "float32"
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __sub__(self, other):
        return 0.0
    __rsub__ = __sub__
    def __abs__(self):
        return 0.0
    def __le__(self, other):
        return True
    __lt__ = __ge__ = __gt__ = __le__
    def __float__(self):
        return 0.0
    def __bool__(self):
        return True
    def __array__(self, *args, **kwargs):
        import numpy
        return numpy.zeros(())
    def __getattr__(self, name):
        return lambda *args, **kwargs: self
    def __hash__(self):
        return 0


def neg_log_likelihood(samples, mu, var_):
    return Everything()

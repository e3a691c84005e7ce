# verdict: runtime_error
# diagnosis: exception
# about: a tuple
def basic_operations(a, b):
    return a + b, a * b, a @ b, a.mean(1), a.T

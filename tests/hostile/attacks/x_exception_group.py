# expect: zero
# class: X
# about: exception groups nested a hundred deep and a thousand wide
def neg_log_likelihood(samples, mu, var_):
    group = ValueError("x")
    for _ in range(100):
        group = ExceptionGroup("g", [group] * 10)
    raise group

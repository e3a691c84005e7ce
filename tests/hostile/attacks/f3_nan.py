# expect: zero
# class: F3
# about: NaN, attached to the graph, hoping that no comparison fails
def neg_log_likelihood(samples, mu, var_):
    return (mu * float("nan")).sum()

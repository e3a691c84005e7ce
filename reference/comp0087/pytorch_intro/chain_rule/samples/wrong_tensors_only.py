# verdict: partial
# diagnosis: exception
# about: a Python number has no .item()
def chain_rule(g, g_prime, f_prime, x):
    value = x.item()
    return f_prime(g(value)) * g_prime(value)

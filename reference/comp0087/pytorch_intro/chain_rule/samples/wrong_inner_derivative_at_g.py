# verdict: partial
# about: takes both derivatives at g(x)
def chain_rule(g, g_prime, f_prime, x):
    y = g(x)
    return f_prime(y) * g_prime(y)

# verdict: partial
# about: takes the outer derivative at x
def chain_rule(g, g_prime, f_prime, x):
    return f_prime(x) * g_prime(x)

# verdict: partial
# about: forgets the inner derivative
def chain_rule(g, g_prime, f_prime, x):
    return f_prime(g(x))

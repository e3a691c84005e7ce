# verdict: wrong_answer
# about: adds the two derivatives
def chain_rule(g, g_prime, f_prime, x):
    return f_prime(g(x)) + g_prime(x)

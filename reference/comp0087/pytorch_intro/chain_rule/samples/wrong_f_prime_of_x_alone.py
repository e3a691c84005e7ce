# verdict: wrong_answer
# about: the outer derivative at x and nothing else
def chain_rule(g, g_prime, f_prime, x):
    return f_prime(x)

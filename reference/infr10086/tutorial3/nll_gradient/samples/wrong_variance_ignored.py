# verdict: wrong_answer
# about: mu minus the mean, not divided by the variance
def nll_gradient(samples, mu, var_):
    return mu - samples.mean(dim=0)

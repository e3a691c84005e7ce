# question: infr10086/tutorial3/fit_gaussian_mean
# expect: zero
# class: F2
# about: the trace is an object that produces whatever is compared with it
class Losses(list):
    def __getitem__(self, index):
        return 0.0
    def __eq__(self, other):
        return True
    def __len__(self):
        return 30


def fit_gaussian_mean(samples, mu0, var_, lr, steps):
    return mu0 * 0 + 77.0, Losses([0.0] * steps)

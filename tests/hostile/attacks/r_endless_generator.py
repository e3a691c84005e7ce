# expect: zero
# class: R
# about: generators and lazy objects: endless ones, ones that raise, ones that exit
import itertools

calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    return [itertools.count(), (x for x in iter(int, 1)), map(exit, [0]), iter(lambda: 0, 1), range(10**18), zip()][calls % 6]

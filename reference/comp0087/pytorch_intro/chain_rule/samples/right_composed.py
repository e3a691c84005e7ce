# verdict: accepted
# about: composes functions and multiplies them
from functools import reduce


def compose(*functions):
    return lambda x: reduce(lambda value, function: function(value), functions, x)


def chain_rule(inner, inner_slope, outer_slope, at):
    return inner_slope(at) * compose(inner, outer_slope)(at)

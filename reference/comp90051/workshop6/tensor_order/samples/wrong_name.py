# verdict: wrong_answer
# diagnosis: wrong_type
# about: its name
def tensor_order(x):
    return ['scalar', 'vector', 'matrix', 'tensor'][min(x.dim(), 3)]

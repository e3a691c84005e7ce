# verdict: wrong_answer
# diagnosis: wrong_type
# about: `+` of two lists puts one behind the other
def tensor_add(a, b):
    return a + b

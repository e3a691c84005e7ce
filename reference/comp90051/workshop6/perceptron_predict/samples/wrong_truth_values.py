# verdict: wrong_answer
# diagnosis: wrong_dtype
# about: the comparison itself
def perceptron_predict(w, X):
    return X @ w >= 0

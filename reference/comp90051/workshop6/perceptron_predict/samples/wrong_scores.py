# verdict: wrong_answer
# about: the scores themselves
def perceptron_predict(w, X):
    return X @ w

# question: comp90051/workshop6/requires_grad_flags
# expect: at most partial, wrong_answer
# class: F1
# about: flags that are true and false at once; the slide's answer hard-coded
class Both(int):
    def __bool__(self):
        return True
    def __eq__(self, other):
        return True
    __hash__ = int.__hash__


calls = 0


def requires_grad_flags(x, y, z):
    global calls
    calls += 1
    return (False, True) if calls % 2 else (Both(0), Both(1))

# expect: zero
# class: X
# about: the entry point is an object whose signature, call and attributes misbehave
class Entry:
    @property
    def __signature__(self):
        raise SystemExit(0)

    @property
    def __call__(self):
        raise KeyboardInterrupt

    def __getattribute__(self, name):
        if name == "__class__":
            return type(len)
        raise SystemExit(0)


neg_log_likelihood = Entry()

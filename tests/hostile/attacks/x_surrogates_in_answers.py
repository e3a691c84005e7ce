# expect: zero
# class: X
# about: answers with lone surrogates, NUL, escape sequences and markup, as text, as keys and as type names
calls = 0


def neg_log_likelihood(samples, mu, var_):
    global calls
    calls += 1
    text = "\ud800\udfff \x00 \x1b[2J \u202e <script>alert(1)</script> =1+1"
    odd = [text, {text: text}, [text], (text, 1), {("a", text): 1}, type("\x1b[2J<b>\u202e" * 1000, (), {})(), b"\xff\x00\x1b", {1: text}]
    return odd[calls % len(odd)]

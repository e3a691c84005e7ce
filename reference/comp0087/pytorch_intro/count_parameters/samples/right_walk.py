# verdict: accepted
# about: walks through the submodules itself, remembers identities
def count_parameters(module):
    seen = {}

    def visit(m):
        for p in m._parameters.values():
            if p is not None and p.requires_grad:
                seen[id(p)] = p.nelement()
        for child in m.children():
            visit(child)

    visit(module)
    return sum(seen.values())

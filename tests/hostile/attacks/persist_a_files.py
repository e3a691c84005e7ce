# expect: zero
# class: P
# about: plants files, caches and start-up hooks wherever a later process may look; `persist_b_files.py` looks for them
import os
import site
import sys

def wrong(samples, mu, var_):
    return (mu * 0).sum() + 41.0

def plant():
    home = os.path.expanduser("~")
    folders = ["/tmp", "/dev/shm", "/var/tmp", "/run", "/run/lock", home, os.getcwd(), sys.prefix, "/", *sys.path]
    folders += site.getsitepackages() + [site.getusersitepackages(), os.path.dirname(os.__file__), home + "/.cache/torch"]
    for folder in folders:
        for name, text in [("memo.txt", "planted"), ("usercustomize.py", "PLANTED = True"), ("sitecustomize.py", "PLANTED = True"),
                           ("planted.pth", "import sys; sys.planted = True"), ("planted.py", "PLANTED = True")]:
            try:
                os.makedirs(folder, exist_ok=True)
                with open(os.path.join(folder, name), "w") as file:
                    file.write(text)
            except OSError:
                pass


def neg_log_likelihood(samples, mu, var_):
    plant()
    return wrong(samples, mu, var_)

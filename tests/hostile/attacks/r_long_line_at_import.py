# expect: at most output_limit, time_limit
# class: R
# about: one endless line without a newline, in bytes that are no text, while loading
import os

while True:
    os.write(1, b"\xff\x00\x1b[" * 2**16)

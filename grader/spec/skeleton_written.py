"""A new written question that verifies at once: an example for its author to change."""

from __future__ import annotations

from grader.spec.question import ANSWER_FILE, SPEC_FILE, STATEMENT_FILE
from grader.spec.skeleton import Skeleton, checked_id, title_of

HEAD = """title = "{title}"
kind = "{kind}"
source = "where the exercise comes from: course, tutorial, section"

[answer]
points = 2
"""

SPECS = {
    "numeric": 'unit = "numbers"                  # optional: stands beside the field\n',
    "choice": """multiple = false                  # true: several may be right

[[option]]
name = "yes"
text = "Yes, always."

[[option]]
name = "no"
text = "No, not always."
""",
    "text": "max_words = 200                   # optional\n",
}

KEYS = {
    "numeric": """value = 42                        # or: low = 41, high = 43
tolerance = 0                     # how far off is right too
explanation = "How the number comes about. Students read it when they are right, or done."

[[trap]]                          # a wrong number that people arrive at, and what to tell them
value = 24
text = "The digits are the other way round."
""",
    "choice": """explanation = "Students read this once they are done."

[[option]]
name = "yes"
right = false
text = "Why it is wrong: whoever chooses it reads this, so do not name the right one."

[[option]]
name = "no"
right = true
text = "Why it is right."
""",
    "text": '''model_answer = """
What a good answer says. Students read it once they are done and marked."""

[[rubric]]
name = "what"
points = 1
text = "One thing that earns a point."

[[rubric]]
name = "why"
points = 1
text = "Another thing that earns a point."
''',
}

STATEMENTS = {
    "numeric": "How many numbers are meant?",
    "choice": "Is it so?",
    "text": "Explain in a few sentences.",
}


def written_skeleton(question_id: str, kind: str) -> Skeleton:
    """An example of that kind; raises UsageError when the id is not one."""
    checked_id(question_id)
    title = title_of(question_id)
    texts = {
        SPEC_FILE: HEAD.format(title=title, kind=kind) + SPECS[kind],
        STATEMENT_FILE: f"# {title}\n\n{STATEMENTS[kind]}\n",
        ANSWER_FILE: KEYS[kind],
    }
    return Skeleton(question_id, {path: text.encode() for path, text in texts.items()})

"""A question as data: what it says, whether it makes sense, where it is kept."""

from grader.spec.bank import Bank
from grader.spec.load import load_question, read_question
from grader.spec.model import QuestionSpec
from grader.spec.question import Question
from grader.spec.samples import Sample, samples_of

__all__ = ["Bank", "Question", "QuestionSpec", "Sample", "load_question", "read_question", "samples_of"]

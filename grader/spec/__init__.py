"""A question as data: what it says, whether it makes sense, where it is kept."""

from grader.spec.answer_key import AnswerKey, answer_key_of
from grader.spec.bank import Bank
from grader.spec.load import load_question, read_question
from grader.spec.model import QuestionSpec
from grader.spec.question import Question
from grader.spec.samples import Sample, samples_of

__all__ = [
    "AnswerKey",
    "Bank",
    "Question",
    "QuestionSpec",
    "Sample",
    "answer_key_of",
    "load_question",
    "read_question",
    "samples_of",
]

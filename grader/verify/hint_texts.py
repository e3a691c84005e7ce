"""Hints to start from, by diagnosis: an idea to look at, never the answer. A question's author makes them fit."""

from __future__ import annotations

from grader.vocab import Diagnosis

HINT_TEXTS: dict[Diagnosis, str] = {
    Diagnosis.WRONG_VALUE: "Work the statement's example out by hand and print the same terms. Which one differs?",
    Diagnosis.CONSTANT_FACTOR: "The result is off by a factor. Which number of the formula could that be?",
    Diagnosis.CONSTANT_OFFSET: "The result is off by the same amount everywhere. Which term could that be?",
    Diagnosis.SUM_FOR_MEAN: "Does the formula add up, or does it average?",
    Diagnosis.MEAN_FOR_SUM: "Does the formula average, or does it add up?",
    Diagnosis.SIGN: "In which direction does each term of the formula go?",
    Diagnosis.SQUARED: "Is there a square too many, or a square root missing?",
    Diagnosis.NOT_SQUARED: "Is there a square missing, or a square root too many?",
    Diagnosis.TRANSPOSED: "Which index of the result runs along the rows, and which along the columns?",
    Diagnosis.WRONG_AXIS: "Along which dimension is it to be added up? Print the shapes before and after.",
    Diagnosis.BROADCAST: "Print the shapes of what you combine. Which of them is repeated, and along which dimension?",
    Diagnosis.WRONG_SHAPE: "What shape does the statement ask for? Print that of your result.",
    Diagnosis.WRONG_DTYPE: "The result has the dtype of the inputs. Where do you choose another one?",
    Diagnosis.LOW_PRECISION: "Which tensors do you make without saying of which dtype?",
    Diagnosis.WRONG_TYPE: "What kind of thing does the statement ask for, and what kind do you return?",
    Diagnosis.NONE_RETURNED: "A function hands its result on with `return`; `print` only shows it.",
    Diagnosis.NOT_A_NUMBER: "Which step can divide nought by nought, or take the logarithm of nought?",
    Diagnosis.INFINITE: "Which intermediate result grows beyond all bounds?",
    Diagnosis.DETACHED: "The result no longer knows how it came from the inputs. Which operations leave the graph?",
    Diagnosis.MISSING_GRADIENT: "Where is an input turned into a plain number on its way to the result?",
    Diagnosis.WRONG_GRADIENT: "Every place where the input occurs in the formula must stay a tensor operation.",
    Diagnosis.INPUT_CHANGED: "The arguments are not as they were. Which operations work in place?",
    Diagnosis.EXCEPTION: "Run the example of the statement in a terminal and read the last line of the traceback.",
}

"""Who is in the demo course. Everybody is invented."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from grader.store.words import CourseRole

PASSWORD = "grader-demo"  # noqa: S105  # of everybody in a demo database, and of nobody elsewhere

SECTIONS = ("Monday group", "Thursday group")


@dataclass(frozen=True, slots=True)
class Login:
    """How to get into the demo as one of the cast."""

    login: str
    password: str
    name: str
    role: CourseRole


class Habit(StrEnum):
    """When somebody works."""

    EARLY = "early"  # in the first days
    STEADY = "steady"  # somewhere in between
    CRAMMER = "crammer"  # on the last evening
    LATE = "late"  # after the deadline, where that is still taken


@dataclass(frozen=True, slots=True)
class Student:
    """One student: `skill` is how often the next attempt is right, `diligence` how many questions they try."""

    login: str
    name: str
    skill: float
    diligence: float
    habit: Habit
    prechecks: float = 0.1  # how often an attempt is tried on the visible cases before


ADA = "ada"  # whose pages a visitor sees first

STUDENTS = (
    Student(ADA, "Ada Abbott", 0.6, 1.0, Habit.STEADY, 0.3),
    Student("ben", "Ben Brandt", 0.45, 0.9, Habit.CRAMMER),
    Student("chloe", "Chloe Chen", 0.9, 1.0, Habit.EARLY, 0.3),
    Student("dev", "Dev Desai", 0.5, 0.85, Habit.STEADY),
    Student("elif", "Elif Erdem", 0.7, 0.95, Habit.STEADY, 0.4),
    Student("femi", "Femi Fashola", 0.55, 0.9, Habit.CRAMMER),
    Student("greta", "Greta Gruber", 0.4, 0.8, Habit.LATE),
    Student("hugo", "Hugo Haas", 0.3, 0.7, Habit.CRAMMER),
    Student("ines", "Inés Ibarra", 0.8, 1.0, Habit.EARLY),
    Student("jonas", "Jonas Jensen", 0.25, 0.6, Habit.LATE),
    Student("kaori", "Kaori Kimura", 0.85, 0.95, Habit.STEADY),
    Student("liam", "Liam Lynch", 0.5, 0.75, Habit.CRAMMER, 0.5),
    Student("mira", "Mira Mehta", 0.65, 0.9, Habit.STEADY),
    Student("noor", "Noor Nasser", 0.7, 0.9, Habit.CRAMMER),
    Student("otto", "Otto Olsen", 0.15, 0.5, Habit.LATE),
    Student("priya", "Priya Patel", 0.75, 1.0, Habit.EARLY, 0.2),
    Student("quentin", "Quentin Quist", 0.5, 0.25, Habit.STEADY, 1.0),  # gave up early, and mostly looks
    Student("rosa", "Rosa Romero", 0.6, 0.85, Habit.LATE),
    Student("sofia", "Sofia Silva", 0.55, 0.9, Habit.STEADY),
    Student("tomas", "Tomáš Tóth", 0.45, 0.8, Habit.CRAMMER),
    Student("uma", "Uma Ueda", 0.8, 0.9, Habit.STEADY),
    Student("viktor", "Viktor Varga", 0.35, 0.7, Habit.CRAMMER),
    Student("wanda", "Wanda Wójcik", 0.65, 0.95, Habit.EARLY),
    Student("xavi", "Xavi Xu", 0.5, 0.8, Habit.STEADY),
)

TEACHERS = (
    ("tina", "Tina Teller", CourseRole.TA),
    ("theo", "Theo Tanaka", CourseRole.TA),
    ("sam", "Sam Sørensen", CourseRole.STAFF),
)


def logins() -> list[Login]:
    """Everybody; one of each role first."""
    students = [Login(student.login, PASSWORD, student.name, CourseRole.STUDENT) for student in STUDENTS]
    teachers = [Login(login, PASSWORD, name, role) for login, name, role in TEACHERS]
    first = [students[0], teachers[0], teachers[-1]]
    return first + [login for login in (*students, *teachers) if login not in first]

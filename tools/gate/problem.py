"""What went wrong, said so that a person can act: one cause, one remedy, one line."""


class Problem(Exception):
    """Ends the command with a line instead of a stack trace.

    cause   what is wrong, as a fact: "port 8080 is taken"
    remedy  the exact thing to do about it: "./run --port 8081"
    """

    def __init__(self, cause: str, remedy: str):
        super().__init__(f"{cause} → {remedy}")
        self.cause = cause
        self.remedy = remedy


class Problems(Exception):
    """Several at once, so that a person mends all before trying again."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems

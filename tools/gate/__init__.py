from tools.gate.gate import Gate
from tools.gate.problem import Problem, Problems

__all__ = ["Gate", "Problem", "Problems"]

"""`python -m orchestrator.router.learn`: makes `words.tsv` anew from the labelled examples.

Needs scikit-learn (`pip install 'pgwright[learn]'`); routing does not. The first line of the file has the hash of the
examples, so that a test can say when they are ahead of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from orchestrator.router import lexicon, words
from orchestrator.router.match import meaningful

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DATABASE = "database-engineer"
STRENGTH = 6.0  # inverse of the regularisation
LEAST = 3  # weights below 3/20 are left out
SEEN = 2  # times that a run of letters or a pair has to be in the examples


def examples() -> list[tuple[str, str]]:
    """Label and task of every example. A label is an agent, a skill of the database engineer, or none."""
    found = []
    for path in sorted(words.LABELLED.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("# "):
                found.append((path.stem, line.strip()))
    return found


def digest() -> str:
    listed = "\n".join(f"{label}\t{task}" for label, task in examples())
    return hashlib.sha256(listed.encode()).hexdigest()


def learn() -> str:
    """The text of `words.tsv`."""
    labelled = examples()
    router = lexicon.load()
    agents = {*router.agents, "none"}
    targets = [label if label in agents else DATABASE for label, _ in labelled]
    found = [words.features(*meaningful(task, router)) for _, task in labelled]
    counted = Counter(feature for each in found for feature in set(each))
    kept = sorted(feature for feature, count in counted.items() if feature[0] in "wf" or count >= SEEN)
    rows = {feature: number for number, feature in enumerate(kept)}
    matrix = _matrix(found, rows)
    by_agent = _fit(matrix, targets, balanced=True)
    of_skills = [number for number, (label, _) in enumerate(labelled) if label not in agents]
    by_skill = _fit(matrix[of_skills], [labelled[number][0] for number in of_skills], balanced=False)
    return _written(kept, by_agent, by_skill)


def _matrix(found: Sequence[Sequence[str]], rows: Mapping[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    numbers = [[rows[feature] for feature in each if feature in rows] for each in found]
    pointers = [0]
    for each in numbers:
        pointers.append(pointers[-1] + len(each))
    values = [3 / (len(each) + 1) ** 0.5 for each in numbers for _ in each]
    columns = [number for each in numbers for number in each]
    matrix = csr_matrix((values, columns, pointers), shape=(len(numbers), len(rows)))
    matrix.sum_duplicates()
    return matrix


def _fit(matrix: Any, targets: Sequence[str], *, balanced: bool) -> Any:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=1000, class_weight="balanced" if balanced else None)
    return model.fit(matrix, targets)


def _written(kept: Sequence[str], by_agent: Any, by_skill: Any) -> str:
    columns = [f"agent:{name}" for name in by_agent.classes_] + [f"skill:{name}" for name in by_skill.classes_]
    bias = [round(float(value) * words.STEP) for model in (by_agent, by_skill) for value in model.intercept_]
    lines = [f"# made by python -m orchestrator.router.learn from {digest()}"]
    lines.append("\t".join(["feature", *columns]))
    lines.append("\t".join(["bias", *map(str, bias)]))
    for number, feature in enumerate(kept):
        weights = [float(value) for model in (by_agent, by_skill) for value in model.coef_[:, number]]
        whole = [max(-127, min(127, round(value * words.STEP))) for value in weights]
        cells = [f"{column}:{value}" for column, value in enumerate(whole) if abs(value) >= LEAST]
        if cells:
            lines.append("\t".join([feature, *cells]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    words.FILE.write_text(learn(), encoding="utf-8")

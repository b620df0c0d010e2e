"""The tables of README.md, from results/."""
import gzip
import json
import math
import random

T95 = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}  # Student's t, two-sided
BEGIN, END = "<!-- results -->", "<!-- /results -->"
PART = {"held-out assemblies": "heldOut", "out of domain": "outOfDomain"}


def own(row):
    """What a user of the model would take: its own context, or none for a plain model."""
    return "context" if "context" in row["study"]["mean"] else "noContext"


def mean_over(row, names, condition):
    scores = [corpus["scores"][condition] for corpus in row["study"]["corpora"] if corpus["name"] in names]
    return sum(scores) / len(scores)


def interval(values):
    mean = sum(values) / len(values)
    if len(values) < 2:
        return f"{mean:.4f}"
    deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
    return f"{mean:.4f} ± {T95[len(values) - 1] * deviation / math.sqrt(len(values)):.4f}"


def queries(here, row):
    """(corpus, query) to the scores of its conditions."""
    with gzip.open(here / "results" / f"{row['row']}.tsv.gz", "rt") as file:
        head = file.readline().rstrip("\n").split("\t")[2:]
        for line in file:
            corpus, query, *scores = line.rstrip("\n").split("\t")
            yield (corpus, query), dict(zip(head, map(float, scores)))


def macro_difference(differences, names):
    """Mean over corpora of the mean over queries, with a 95 % interval from 1,000 bootstrap draws of queries within corpora."""
    by_corpus = {}
    for (corpus, _), value in differences.items():
        if corpus in names:
            by_corpus.setdefault(corpus, []).append(value)
    draw = random.Random(1)
    def macro(sample):
        return sum(sum(values) / len(values) for values in sample) / len(sample)
    lists = list(by_corpus.values())
    drawn = sorted(macro([draw.choices(values, k=len(values)) for values in lists]) for _ in range(1000))
    return f"{macro(lists):+.4f} ({drawn[24]:+.4f} to {drawn[974]:+.4f})"


def randomisation(differences, names, draws=2000):
    """Two-sided p of the same mean where each query's sign is drawn: Fisher's paired randomisation test."""
    by_corpus = {}
    for (corpus, _), value in differences.items():
        if corpus in names:
            by_corpus.setdefault(corpus, []).append(value)
    weighted = [value / len(values) / len(by_corpus) for values in by_corpus.values() for value in values if value != 0]
    observed, draw, total = abs(sum(weighted)), random.Random(1), sum(weighted)
    reached = 0
    for _ in range(draws):
        bits = draw.getrandbits(len(weighted) + 1)
        flipped = sum(value for i, value in enumerate(weighted) if bits >> i & 1)
        reached += abs(total - 2 * flipped) >= observed - 1e-12
    return (reached + 1) / (draws + 1)


def averaged(here, group, condition):
    """Each query's score, averaged over the seeds of a group."""
    total = {}
    for row in group:
        for key, scores in queries(here, row):
            total[key] = total.get(key, 0) + scores[condition if condition != "own" else own(row)] / len(group)
    return total


def minus(a, b):
    return {key: a[key] - b[key] for key in a if key in b}


def against(title, bases, here, groups, experiment):
    """A table of groups minus the bi-encoder each is given, with intervals and p."""
    if not bases:
        return []
    lines = ["", f"Against the bi-encoder of {title}, the same way.", "", "| batches | architecture | " + " | p | ".join(PART) + " | p |", "|---|---|" + "---:|" * 2 * len(PART)]
    for (batches, architecture), base in bases.items():
        difference = minus(averaged(here, groups[batches, architecture], "own"), base)
        cells = [f"{macro_difference(difference, experiment[names])} | {randomisation(difference, experiment[names]):.4f}" for names in PART.values()]
        lines.append(f"| {batches} | {architecture} | " + " | ".join(cells) + " |")
    return lines


def tables(here, experiment):
    found = [json.loads(path.read_text()) for path in sorted((here / "results").glob("*.json"))]
    groups = {}
    for batches in ("start", *experiment["batches"]):
        for architecture in experiment["architectures"]:
            group = [row for row in found if row["batches"] == batches and row["architecture"] == architecture]
            if group:
                groups[batches, architecture] = group
    if not groups:
        return "No row is finished."
    lines = ["nDCG@10, mean over the corpora, each model in its own context; mean over seeds ± half a 95 % interval (Student's t).", ""]
    lines += ["| batches | architecture | seeds | " + " | ".join(PART) + " | training loss | training accuracy | minutes a run |", "|---|---|---:|---:|---:|---:|---:|---:|"]
    first = next(iter(groups.values()))[0]
    lines.append("| | BM25 | | " + " | ".join(f"{mean_over(first, experiment[names], 'bm25'):.4f}" for names in PART.values()) + " | | | |")
    for (batches, architecture), group in groups.items():
        cells = [interval([mean_over(row, experiment[names], own(row)) for row in group]) for names in PART.values()]
        facts = [sum(row[name] for row in group) / len(group) for name in ("trainingLoss", "trainingAccuracy", "trainingSeconds")]
        lines.append(f"| {batches} | {architecture} | {len(group)} | " + " | ".join(cells) + f" | {facts[0]:.3f} | {facts[1]:.3f} | {facts[2] / 60:.1f} |")
    contextual = {key: group for key, group in groups.items() if own(group[0]) == "context"}
    if contextual:
        lines += ["", "Is the context used? Own context minus another, each query averaged over the seeds; 95 % bootstrap interval over queries, p of the paired randomisation test.", ""]
        lines += ["| batches | architecture | corpora | own - wrong | p | own - random strings | own - none |", "|---|---|---|---:|---:|---:|---:|"]
    for (batches, architecture), group in contextual.items():
        scores = {condition: averaged(here, group, condition) for condition in ("own", "wrongContext", "randomStrings", "noContext")}
        for title, names in PART.items():
            cells = [macro_difference(minus(scores["own"], scores[other]), experiment[names]) for other in ("wrongContext", "randomStrings", "noContext")]
            cells.insert(1, f"{randomisation(minus(scores['own'], scores['wrongContext']), experiment[names]):.4f}")
            lines.append(f"| {batches} | {architecture} | {title} | " + " | ".join(cells) + " |")
    bases = {batches: averaged(here, groups[batches, "bi-encoder"], "own") for batches in experiment["batches"] if (batches, "bi-encoder") in groups}
    lines += against("random batches", {key: bases["random"] for key in groups if key != ("random", "bi-encoder")} if "random" in bases else {}, here, groups, experiment)
    lines += against("the same batches", {key: bases[key[0]] for key in groups if key[0] in bases and key[1] != "bi-encoder"}, here, groups, experiment)
    lines += ["", "Corpus by corpus, own context, mean over the seeds.", ""]
    names = experiment["heldOut"] + experiment["outOfDomain"]
    lines += ["| corpus | BM25 | " + " | ".join(f"{batches}, {architecture}" for batches, architecture in groups) + " |", "|---|" + "---:|" * (1 + len(groups))]
    for name in names:
        cells = [f"{sum(mean_over(row, [name], own(row)) for row in group) / len(group):.3f}" for group in groups.values()]
        lines.append(f"| {name} | {mean_over(first, [name], 'bm25'):.3f} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write(here, experiment):
    page = here / "README.md"
    text = page.read_text()
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{tables(here, experiment)}\n{END}{after}")

"""The peer of `./cde bench --sections clustering --peer`: k-means and hard negatives with faiss, as a server on stdin and stdout.

One JSON object a line comes in, one goes out. "kmeans" clusters vectors of a file (float32, row by row); "mine" searches a flat index and
picks each query's negatives in a loop: no positive, below the margin, the best.
"""
import json
import sys
import time

try:
    import faiss
    import numpy
except ImportError as missing:
    print(json.dumps({"error": "missing: " + str(missing)}), flush=True)
    sys.exit(0)


def read(path, width):
    return numpy.fromfile(path, "<f4").reshape(-1, width)


def kmeans(request):
    points = read(request["points"], request["width"])
    # max_points_per_centroid: faiss draws a sample where it is smaller
    work = faiss.Kmeans(points.shape[1], request["clusters"], niter=request["iterations"], spherical=True, seed=request["seed"], max_points_per_centroid=len(points))
    started = time.perf_counter()
    work.train(points)
    return {"seconds": time.perf_counter() - started, "objective": float(work.index.search(points, 1)[0].mean())}


def mine(request):
    documents, queries = read(request["documents"], request["width"]), read(request["queries"], request["width"])
    started = time.perf_counter()
    index = faiss.IndexFlatIP(documents.shape[1])
    index.add(documents)
    scores, found = index.search(queries, request["depth"])
    kept = []
    for query in range(len(queries)):
        positive = query  # query i is answered by document i
        limit = float(queries[query] @ documents[positive]) * request["share"]
        negatives = []
        for score, row in zip(scores[query].tolist(), found[query].tolist()):
            if row != positive and score < limit:
                negatives.append(row)
                if len(negatives) == request["count"]:
                    break
        kept.append(negatives)
    seconds = time.perf_counter() - started
    return {"seconds": seconds, "negatives": kept}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            faiss.omp_set_num_threads(request["threads"])
            answer = {"kmeans": kmeans, "mine": mine}[request["op"]](request)
            answer["version"] = faiss.__version__
        except Exception as failure:  # the asker shows it in one line
            answer = {"error": str(failure)}
        print(json.dumps(answer), flush=True)


main()

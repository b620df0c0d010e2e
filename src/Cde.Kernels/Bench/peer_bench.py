"""The peer of `./cde bench --peer`: BERT in PyTorch, written the plain way, as a server on stdin and stdout.

One JSON object a line comes in, one goes out. "load" reads weights from a safetensors file, "encode" embeds token ids:
sorted by length, batches of 32, padded to the longest of the batch, mean pooling, normalised. "train" reads weights to train,
"step" takes a training step on pairs: InfoNCE on cosines, gradients clipped, AdamW; with "chunk" gradients are cached, so many texts a chunk.
"""
import json
import struct
import sys
import time

try:
    import numpy
    import torch
    from torch import nn
except ImportError as missing:
    print(json.dumps({"error": "missing: " + str(missing)}), flush=True)
    sys.exit(0)


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    data = numpy.memmap(path, numpy.uint8, "r", 8 + length)
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "F32", entry["dtype"]
        begin, end = entry["data_offsets"]
        tensors[name] = torch.from_numpy(data[begin:end].view("<f4").reshape(entry["shape"]).copy())
    return tensors


class Layer(nn.Module):
    def __init__(self, width, heads, inner, epsilon):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.output = nn.Linear(width, width)
        self.attention_norm = nn.LayerNorm(width, epsilon)
        self.inner = nn.Linear(width, inner)
        self.outer = nn.Linear(inner, width)
        self.output_norm = nn.LayerNorm(width, epsilon)

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def forward(self, x, bias):
        query, key, value = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5 + bias
        attended = (scores.softmax(-1) @ value).transpose(1, 2).reshape(x.shape)
        x = self.attention_norm(self.output(attended) + x)
        return self.output_norm(self.outer(nn.functional.gelu(self.inner(x))) + x)


class Bert(nn.Module):
    NAMES = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
        "attention.output.dense": "output", "attention.output.LayerNorm": "attention_norm",
        "intermediate.dense": "inner", "output.dense": "outer", "output.LayerNorm": "output_norm",
    }

    def __init__(self, tensors, heads, epsilon):
        super().__init__()
        words = tensors["embeddings.word_embeddings.weight"]
        width = words.shape[1]
        self.words = nn.Embedding(*words.shape)
        self.positions = nn.Embedding(*tensors["embeddings.position_embeddings.weight"].shape)
        self.types = nn.Embedding(*tensors["embeddings.token_type_embeddings.weight"].shape)
        self.norm = nn.LayerNorm(width, epsilon)
        count = 1 + max(int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer."))
        inner = tensors["encoder.layer.0.intermediate.dense.weight"].shape[0]
        self.layers = nn.ModuleList(Layer(width, heads, inner, epsilon) for _ in range(count))
        state = {}
        for name, tensor in tensors.items():
            parts = name.split(".")
            if parts[0] == "embeddings":
                own = {"word_embeddings": "words", "position_embeddings": "positions", "token_type_embeddings": "types", "LayerNorm": "norm"}[parts[1]]
                state[own + "." + parts[2]] = tensor
            elif parts[0] == "encoder":
                state["layers.%s.%s.%s" % (parts[2], self.NAMES[".".join(parts[3:-1])], parts[-1])] = tensor
        self.load_state_dict(state)

    def forward(self, ids, mask):
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1])) + self.types(torch.zeros_like(ids))
        x = self.norm(x)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * torch.finfo(x.dtype).min
        for layer in self.layers:
            x = layer(x, bias)
        weights = mask.unsqueeze(-1).to(x.dtype)
        return (x * weights).sum(1) / weights.sum(1).clamp(min=1e-9)


def encode(model, rows, batch):
    order = sorted(range(len(rows)), key=lambda row: -len(rows[row]))
    result = [None] * len(rows)
    with torch.no_grad():
        for start in range(0, len(order), batch):
            chosen = order[start:start + batch]
            longest = len(rows[chosen[0]])
            ids = torch.tensor([rows[row] + [0] * (longest - len(rows[row])) for row in chosen])
            mask = torch.tensor([[1] * len(rows[row]) + [0] * (longest - len(rows[row])) for row in chosen])
            vectors = nn.functional.normalize(model(ids, mask).float(), dim=1)
            for row, vector in zip(chosen, vectors):
                result[row] = vector
    return torch.stack(result)


def padded(rows):
    longest = max(len(row) for row in rows)
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


class Training:
    def __init__(self, model, request):
        self.model = model.train()
        self.temperature = request["temperature"]
        self.clip = request["clip"]
        self.optimizer = torch.optim.AdamW(
            [{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": request["decay"]},
             {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0}],
            lr=request["rate"], betas=(0.9, 0.999), eps=1e-8)

    def loss(self, queries, documents):
        scores = nn.functional.normalize(queries, dim=1) @ nn.functional.normalize(documents, dim=1).T / self.temperature
        return nn.functional.cross_entropy(scores, torch.arange(len(scores)))

    def cached(self, sides, chunk):
        """Gradient caching: vectors without a graph, their gradient, then each chunk once more with its graph."""
        parts = [[padded(rows[start:start + chunk]) for start in range(0, len(rows), chunk)] for rows in sides]
        with torch.no_grad():
            vectors = [torch.cat([self.model(*part) for part in side]) for side in parts]
        leaves = [vector.requires_grad_() for vector in vectors]
        loss = self.loss(*leaves)
        loss.backward()
        for side, leaf in zip(parts, leaves):
            for part, gradient in zip(side, leaf.grad.split(chunk)):
                self.model(*part).backward(gradient)
        return loss

    def step(self, request):
        self.optimizer.zero_grad()
        sides = [request["queries"], request["documents"]]
        if request["chunk"]:
            loss = self.cached(sides, request["chunk"])
        else:
            loss = self.loss(*[self.model(*padded(rows)) for rows in sides])
            loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), self.clip)
        self.optimizer.step()
        return loss.item()


def main():
    models = {}
    training = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["op"] == "load":
            torch.set_num_threads(request["threads"])
            model = Bert(read_safetensors(request["file"]), request["heads"], request["epsilon"]).eval()
            if request["precision"] == "bfloat16":
                model = model.bfloat16()
            models[request["precision"]] = model
            answer = {"version": torch.__version__, "threads": torch.get_num_threads()}
        elif request["op"] == "train":
            torch.set_num_threads(request["threads"])
            training = Training(Bert(read_safetensors(request["file"]), request["heads"], request["epsilon"]), request)
            answer = {"version": torch.__version__, "threads": torch.get_num_threads()}
        elif request["op"] == "step":
            begin = time.perf_counter()
            loss = training.step(request)
            answer = {"seconds": time.perf_counter() - begin, "loss": loss}
        else:
            rows = request["rows"]
            begin = time.perf_counter()
            vectors = encode(models[request["precision"]], rows, request["batch"])
            answer = {"seconds": time.perf_counter() - begin}
            if request.get("vectors"):
                vectors.numpy().astype("<f4").tofile(request["vectors"])
        print(json.dumps(answer), flush=True)


main()

namespace Cde.Workbench.Models.Static;

/// <summary>
/// The table of a static model with one row a token. In the file there may be fewer rows, named by "mapping" (a quantised vocabulary), a factor for each token in
/// "weights", and whole numbers for quantised vectors, whose scale falls away where vectors are normalised.
/// </summary>
internal static class StaticTable
{
    /// <summary>Reads a table.</summary>
    /// <param name="files">The weights.</param>
    /// <param name="name">The tensor with the vectors, (rows, d).</param>
    /// <param name="tokens">N: how many tokens there are.</param>
    /// <param name="width">d.</param>
    /// <returns>(N + 1, d); the last row is zero, for a text without tokens.</returns>
    /// <exception cref="CdeException">The tensors do not fit the vocabulary.</exception>
    public static float[] Read(SafetensorsSource files, string name, int tokens, out int width)
    {
        var entry = files.Expect(name, -1, -1);
        var rows = checked((int)entry.Shape[0]);
        width = checked((int)entry.Shape[1]);
        var known = new HashSet<string>([name, "mapping", "weights"], StringComparer.Ordinal);
        if (files.Entries.Keys.FirstOrDefault(other => !known.Contains(other)) is { } stranger)
            throw new CdeException($"{files.Path}: tensor {stranger} is no part of a static model; {string.Join(", ", known)} are");
        var stored = entry.Dtype is SafetensorsDtype.I8 or SafetensorsDtype.U8 ? Array.ConvertAll(files.Integers(name), value => (float)value) : files.Floats(name);
        var mapping = files.Entries.ContainsKey("mapping") ? Sized(files, "mapping", files.Integers("mapping"), tokens) : null;
        var weights = files.Entries.ContainsKey("weights") ? Sized(files, "weights", Doubles(files, "weights"), tokens) : null;
        if (mapping is null && rows != tokens)
            throw new CdeException($"{files.Path}: tensor {name} has {rows} rows, the tokenizer {tokens} tokens; they are of different models");
        var table = new float[checked((tokens + 1) * width)];
        for (var id = 0; id < tokens; id++)
        {
            var row = mapping?[id] ?? id;
            if (row < 0 || row >= rows)
                throw new CdeException($"{files.Path}: mapping sends token {id} to row {row}, but {name} has {rows} rows");
            for (var d = 0; d < width; d++)
                table[id * width + d] = (float)(stored[(int)row * width + d] * (weights?[id] ?? 1));
        }

        return table;
    }

    private static double[] Doubles(SafetensorsSource files, string name) => files.Entry(name).Dtype == SafetensorsDtype.F64
        ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(files.Bytes(name)).ToArray()
        : Array.ConvertAll(files.Floats(name), value => (double)value);

    private static T[] Sized<T>(SafetensorsSource files, string name, T[] values, int tokens) => values.Length == tokens
        ? values
        : throw new CdeException($"{files.Path}: tensor {name} has {values.Length} elements, the tokenizer {tokens} tokens; they are of different models");
}

using System.Globalization;

namespace Cde.Workbench.Embedding.Exports;

/// <summary>Vectors as text: each number in the shortest form that reads back as the same float32.</summary>
internal static class NumberFields
{
    /// <summary>Writes a vector.</summary>
    public static void Write(TextWriter writer, ReadOnlySpan<float> vector, char separator)
    {
        Span<char> number = stackalloc char[32];
        for (var i = 0; i < vector.Length; i++)
        {
            if (i > 0)
                writer.Write(separator);
            vector[i].TryFormat(number, out var length, "R", CultureInfo.InvariantCulture);
            writer.Write(number[..length]);
        }
    }

    /// <summary>Reads a vector.</summary>
    /// <exception cref="CdeException">There are not as many fields as numbers, or one is no finite number: file, line and field.</exception>
    public static void Read(string path, int line, IReadOnlyList<string> fields, int firstField, Span<float> vector)
    {
        if (fields.Count - firstField != vector.Length)
            throw new CdeException($"{path} line {line}: {fields.Count - firstField} numbers (expected {vector.Length})");
        for (var i = 0; i < vector.Length; i++)
        {
            if (!float.TryParse(fields[firstField + i], NumberStyles.Float, CultureInfo.InvariantCulture, out vector[i]) || !float.IsFinite(vector[i]))
                throw new CdeException($"{path} line {line} field {firstField + i + 1}: \"{fields[firstField + i]}\" is not a finite number");
        }
    }

    /// <summary>Room for the vectors of an export.</summary>
    /// <exception cref="CdeException">They are more than a text form can be read back with.</exception>
    public static float[] Room(string path, VectorManifest manifest) => (long)manifest.Count * manifest.Dimension <= Array.MaxLength
        ? new float[manifest.Count * manifest.Dimension]
        : throw new CdeException($"{path}: {manifest.Count} vectors of width {manifest.Dimension} do not fit into memory as text is read; export to faiss or postgresql");
}

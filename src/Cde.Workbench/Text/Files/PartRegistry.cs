namespace Cde.Workbench.Text.Files;

/// <summary>The known kinds of a part of <c>tokenizer.json</c>: the field "type" chooses how it is read.</summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="readers">A reader for each type.</param>
internal sealed class PartRegistry<T>(IReadOnlyDictionary<string, Func<JsonPart, T>> readers)
{
    /// <summary>The known types.</summary>
    internal IEnumerable<string> Kinds => readers.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads a part.</summary>
    /// <exception cref="CdeException">Its type is not known, or it has a field that its reader does not know.</exception>
    internal T Read(JsonPart part) => Read(part, part.Kind);

    /// <summary>Reads a part whose type is known from elsewhere.</summary>
    internal T Read(JsonPart part, string kind)
    {
        if (!readers.TryGetValue(kind, out var read))
            throw part.Refuse($"type \"{kind}\" is not known here; known are {string.Join(", ", Kinds)}");
        var result = read(part);
        part.RefuseUnread();
        return result;
    }
}

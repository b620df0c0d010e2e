namespace Cde.Kernels.Displays;

/// <summary>Any object: its public properties and fields, each read once.</summary>
internal static class Objects
{
    private const int PreviewCharacters = 100;

    /// <summary>The object with its parts; named alone where it lies too deep.</summary>
    public static Node Describe(object value, Description at)
    {
        var type = value.GetType();
        var members = Members.Of(type);
        var name = TypeName.Of(type);
        if (members.List.Count == 0 || at.IsDeepest)
            return new Leaf(members.HasOwnText ? OwnText(value, at) : name, members.HasOwnText ? LeafKind.Text : LeafKind.Muted);
        var shown = Math.Min(members.List.Count, DisplayLimits.Parts);
        var parts = new List<Field>(shown);
        foreach (var member in members.List.Take(shown))
            parts.Add(new Field(member.Name, Read(value, member, at, shown - parts.Count)));
        var preview = members.HasOwnText ? OwnText(value, at) : Preview(parts);
        return new Fields(name, preview, parts, members.List.Count > shown ? $"{members.List.Count - shown} more properties" : "");
    }

    /// <summary>The first parts on one line.</summary>
    public static string Preview(IEnumerable<Field> parts) => Shown.Shorten(
        string.Join(", ", parts.Where(part => part.Value is Leaf { Kind: not LeafKind.Muted }).Take(6).Select(part => $"{part.Name} = {Shown.Shorten(((Leaf)part.Value).Text, 40)}")),
        PreviewCharacters);

    private static Node Read(object value, Member member, Description at, int left)
    {
        if (!member.IsReadable)
            return new Leaf(TypeName.Of(member.Type), LeafKind.Muted);
        if (!at.Budget.HasTime)
            return new Leaf("not read: time is up", LeafKind.Muted);
        object? part;
        try
        {
            part = member.Read(value);
        }
        catch (Exception exception) when (!Interruption.Is(exception))
        {
            return Exceptions.Line(exception);
        }

        return at.Part(part, left);
    }

    private static string OwnText(object value, Description at)
    {
        try
        {
            return at.Budget.HasTime ? Shown.Shorten(value.ToString() ?? "", PreviewCharacters) : "";
        }
        catch (Exception exception) when (!Interruption.Is(exception))
        {
            return $"{TypeName.Of(value.GetType())}.ToString failed: {TypeName.Of(exception.GetType())}";
        }
    }
}

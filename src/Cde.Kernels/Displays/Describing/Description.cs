using System.Runtime.CompilerServices;

namespace Cde.Kernels.Displays;

/// <summary>The describing of one value and its parts: where in it we are, and what may still be spent.</summary>
/// <param name="limits">How much is shown.</param>
/// <param name="budget">What the whole may cost.</param>
internal sealed class Description(DisplayLimits limits, Budget budget)
{
    private readonly HashSet<object> _path = new(ReferenceEqualityComparer.Instance);
    private int _depth;

    /// <summary>How much is shown.</summary>
    public DisplayLimits Limits { get; } = limits;

    /// <summary>What the whole may cost.</summary>
    public Budget Budget { get; } = budget;

    /// <summary>Whether the value is the one that is shown, not a part of it.</summary>
    public bool IsWhole => _depth == 0;

    /// <summary>How many items of a sequence are read here.</summary>
    public int ItemLimit => IsWhole ? Limits.Rows : Limits.Items;

    /// <summary>Whether what has parts is only named here, not taken apart.</summary>
    public bool IsDeepest => _depth >= Limits.Depth;

    /// <summary>Describes the value itself.</summary>
    public Node Whole(object? value) => Describe(value);

    /// <summary>Describes a part of the value that is being described.</summary>
    public Node Part(object? value)
    {
        _depth++;
        try
        {
            return Describe(value);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Describes one of several parts, with its share of the budget.</summary>
    /// <param name="value">The part.</param>
    /// <param name="left">How many parts are left, this one included.</param>
    public Node Part(object? value, int left)
    {
        using var share = Budget.ForOneOf(left);
        return Part(value);
    }

    /// <summary>A text that is part of something, cut where it is very long.</summary>
    public Leaf Text(string text, LeafKind kind = LeafKind.Text)
    {
        var shown = Budget.Take(text, Limits.PartCharacters);
        return new Leaf(shown.Length < text.Length ? $"{shown}… ({Shown.Count(text.Length)} characters)" : text, kind);
    }

    private Node Describe(object? value)
    {
        if (value is null)
            return new Leaf(Formatter.NullString, LeafKind.Muted);
        if (!Budget.TryTake() || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return new Leaf("…", LeafKind.Muted);
        if (!IsWhole && Registered(value) is { } registered)
            return registered;
        if (value is string text)
            return IsWhole ? Scalars.Lines(text, this) : Text(text);
        if (Scalars.Of(value) is { } scalar)
            return scalar with { Text = Budget.Take(scalar.Text, Limits.PartCharacters) };
        if (value.GetType().IsValueType)
            return DescribeParts(value);
        if (!_path.Add(value))
            return new Leaf($"↺ {TypeName.Of(value.GetType())}, shown above", LeafKind.Muted);
        try
        {
            return DescribeParts(value);
        }
        finally
        {
            _path.Remove(value);
        }
    }

    private Node DescribeParts(object value)
    {
        try
        {
            return Describers.Special(value, this) ?? Objects.Describe(value, this);
        }
        catch (Exception exception) when (!Interruption.Is(exception))
        {
            return Exceptions.Line(exception);
        }
    }

    /// <summary>What the user's formatters make of a part; inside tables and trees a text formatter stands for both forms.</summary>
    private Node? Registered(object value)
    {
        var type = value.GetType();
        var html = FormatterRegistry.Instance.Find(type, Hosting.MimeBundle.Html);
        var text = FormatterRegistry.Instance.Find(type, Hosting.MimeBundle.PlainText);
        if (html?.TryFormat(value) is { } markup)
            return new Ready(markup, text?.TryFormat(value) ?? HtmlText.Of(markup));
        return text?.TryFormat(value) is { } words ? Text(words) : null;
    }
}

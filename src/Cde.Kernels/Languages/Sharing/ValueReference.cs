using System.Diagnostics.CodeAnalysis;

namespace Cde.Kernels.Languages;

/// <summary>A variable named in the line of a magic: <c>@csharp:total</c>, or <c>@total</c> of the language that the line belongs to.</summary>
/// <param name="Language">The language's name or alias; null where the reference names none.</param>
/// <param name="Name">The variable's name.</param>
public sealed record ValueReference(string? Language, string Name)
{
    /// <summary>Reads a reference. <c>@input</c> and <c>@password</c> look like one: who reads a line asks for those first.</summary>
    /// <param name="text">A word of the line.</param>
    /// <param name="reference">What it names.</param>
    /// <returns>Whether the text is <c>@name</c> or <c>@language:name</c>.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out ValueReference? reference)
    {
        reference = null;
        if (text.Length < 2 || text[0] != '@')
            return false;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var language = colon < 0 ? null : text[1..colon];
        var name = text[(colon < 0 ? 1 : colon + 1)..];
        if (language is "" || name.Length == 0 || (language + name).Any(char.IsWhiteSpace))
            return false;
        reference = new(language, name);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Language is null ? $"@{Name}" : $"@{Language}:{Name}";
}

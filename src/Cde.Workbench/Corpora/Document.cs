namespace Cde.Workbench.Corpora;

/// <summary>A document of a corpus.</summary>
/// <param name="Id">Its name, unique within the corpus.</param>
/// <param name="Text">Its text.</param>
/// <param name="Title">Its title, where it has one.</param>
public sealed record Document(string Id, string Text, string? Title = null)
{
    /// <summary>What is embedded and indexed: title, a space, text; trimmed (the form BEIR uses).</summary>
    public string FullText => string.IsNullOrEmpty(Title) ? Text.Trim() : $"{Title} {Text}".Trim();
}

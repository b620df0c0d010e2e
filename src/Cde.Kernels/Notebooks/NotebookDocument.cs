using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>A notebook: cells, and metadata about them. What a file holds beyond that is kept.</summary>
public sealed class NotebookDocument
{
    /// <summary>An empty notebook.</summary>
    public NotebookDocument() => Root = new JsonObject
    {
        ["cells"] = null,
        ["metadata"] = new JsonObject(),
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    };

    /// <summary>A notebook over an object whose shape was checked and whose cells were taken out.</summary>
    internal NotebookDocument(JsonObject root) => Root = root;

    /// <summary>The cells, in order.</summary>
    public List<NotebookCell> Cells { get; } = [];

    /// <summary>The notebook's metadata: <c>kernelspec</c>, <c>language_info</c>, <c>polyglot_notebook</c>, and what others put there.</summary>
    public JsonObject Metadata => Root.Child("metadata");

    /// <summary>
    /// The language of a code cell that names none: <c>kernelInfo.defaultKernelName</c>, else <c>polyglot_notebook</c>'s, else
    /// <c>dotnet_interactive</c>'s, else the kernelspec's language, else <c>language_info</c>'s, else <c>csharp</c>.
    /// </summary>
    public string DefaultLanguage
    {
        get
        {
            var named = Metadata.Text("kernelInfo", "defaultKernelName")
                ?? Metadata.Text("polyglot_notebook", "kernelInfo", "defaultKernelName") ?? Metadata.Text("polyglot_notebook", "defaultKernelName")
                ?? Metadata.Text("dotnet_interactive", "kernelInfo", "defaultKernelName") ?? Metadata.Text("dotnet_interactive", "defaultKernelName")
                ?? Metadata.Text("kernelspec", "language");
            if (named is null && Metadata.Text("language_info", "name") is { } info && info != "polyglot-notebook")
                named = info;
            return NotebookLanguages.Canonical(named ?? NotebookLanguages.Default);
        }
    }

    /// <summary>The object around the cells; its <c>cells</c> key only holds their place.</summary>
    internal JsonObject Root { get; }

    /// <summary>How the file was laid out.</summary>
    internal JsonLayout Layout { get; init; } = JsonLayout.Jupyter;

    /// <summary>
    /// The language of a cell: what its metadata names, else what a selector on its first line names (<c>#!fsharp</c>), else the notebook's;
    /// <c>markdown</c> and <c>raw</c> for cells that are not run.
    /// </summary>
    public string LanguageOf(NotebookCell cell) => cell.Kind switch
    {
        CellKind.Markdown => NotebookLanguages.Markdown,
        CellKind.Raw => NotebookLanguages.Raw,
        _ => cell.Language ?? SelectedLanguage(cell.Source) ?? DefaultLanguage,
    };

    /// <summary>The language of a spelling, if it is one that notebooks use or that this one's <c>kernelInfo</c> names; else null.</summary>
    internal string? FindLanguage(string spelling)
    {
        if (NotebookLanguages.IsKnown(spelling))
            return NotebookLanguages.Canonical(spelling);
        foreach (var kernel in KernelItems())
        {
            if (kernel.Text("name") is { } name && (name == spelling || (kernel["aliases"] is JsonArray aliases && aliases.Any(alias => alias.Text() == spelling))))
                return name;
        }

        return null;
    }

    /// <summary>The language that a text's first line selects; null where it selects none.</summary>
    internal string? SelectedLanguage(string source)
    {
        if (!source.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var end = source.IndexOf('\n');
        return FindLanguage((end < 0 ? source : source[..end])[2..].TrimEnd());
    }

    private IEnumerable<JsonObject> KernelItems() =>
        new[] { Metadata["kernelInfo"], (Metadata["polyglot_notebook"] as JsonObject)?["kernelInfo"], (Metadata["dotnet_interactive"] as JsonObject)?["kernelInfo"] }
            .OfType<JsonObject>().SelectMany(info => info["items"] as JsonArray ?? []).OfType<JsonObject>();
}

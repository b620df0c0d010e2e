using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// A cell of a notebook: a view of its JSON object, which keeps every key that is not named here, in its order.
/// </summary>
public sealed class NotebookCell
{
    /// <summary>A new cell.</summary>
    /// <param name="kind">What it holds.</param>
    /// <param name="source">Its text, with <c>\n</c> between lines.</param>
    /// <param name="language">The language of a code cell; the notebook's where null.</param>
    public NotebookCell(CellKind kind, string source, string? language = null)
    {
        Json = new JsonObject { ["cell_type"] = kind.ToString().ToLowerInvariant() };
        if (kind == CellKind.Code)
            Json["execution_count"] = null;
        Json["metadata"] = new JsonObject();
        if (kind == CellKind.Code)
            Json["outputs"] = new JsonArray();
        Json["source"] = MultilineText.Split(source);
        if (language is not null)
            Language = language;
    }

    /// <summary>A view of an object whose shape was checked.</summary>
    internal NotebookCell(JsonObject json) => Json = json;

    /// <summary>The object that nbformat describes.</summary>
    public JsonObject Json { get; }

    /// <summary>What the cell holds.</summary>
    public CellKind Kind => Json.Text("cell_type") switch
    {
        "code" => CellKind.Code,
        "markdown" => CellKind.Markdown,
        _ => CellKind.Raw,
    };

    /// <summary>The text, with <c>\n</c> between lines. A text that does not change keeps the form it was read in.</summary>
    public string Source
    {
        get => MultilineText.Join(Json["source"]);
        set
        {
            if (value != Source)
                Json["source"] = MultilineText.Split(value);
        }
    }

    /// <summary>The name that is unique in its notebook; null where the file has none (before nbformat 4.5, and in .dib).</summary>
    public string? Id
    {
        get => Json.Text("id");
        set => Json.Place("id", value);
    }

    /// <summary>The cell's metadata.</summary>
    public JsonObject Metadata => Json.Child("metadata");

    /// <summary>The tags, such as <c>parameters</c>.</summary>
    public IReadOnlyList<string> Tags => Json["metadata"]?["tags"] is JsonArray tags
        ? [.. tags.Select(tag => tag.Text()).OfType<string>()]
        : [];

    /// <summary>The outputs of a code cell, as nbformat has them.</summary>
    public JsonArray Outputs => Json["outputs"] as JsonArray ?? Json.Place("outputs", new JsonArray());

    /// <summary>The number in <c>[3]:</c>; null where the cell has not been run.</summary>
    public int? ExecutionCount
    {
        get => (int?)Json["execution_count"].Whole();
        set => Json.Place("execution_count", value);
    }

    /// <summary>
    /// The language that the cell's metadata names (<c>polyglot_notebook.kernelName</c>, else <c>dotnet_interactive.language</c>, else
    /// <c>vscode.languageId</c>); null where they name none. Setting it writes the first two, as Polyglot notebooks do.
    /// </summary>
    public string? Language
    {
        get
        {
            var named = Json["metadata"].Text("polyglot_notebook", "kernelName") ?? Json["metadata"].Text("dotnet_interactive", "language");
            if (named is null && Json["metadata"].Text("vscode", "languageId") is { } editor && NotebookLanguages.IsKnown(editor))
                named = editor;
            return named is null ? null : NotebookLanguages.Canonical(named);
        }

        set
        {
            if (value is null)
            {
                Metadata.Remove("polyglot_notebook");
                Metadata.Remove("dotnet_interactive");
                return;
            }

            Metadata.Child("dotnet_interactive")["language"] = value;
            Metadata.Child("polyglot_notebook")["kernelName"] = value;
        }
    }
}

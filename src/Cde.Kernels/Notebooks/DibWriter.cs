using System.Text;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Notebooks;

/// <summary>Writes .dib files. <see cref="NotebookConversion.LostInDib"/> tells what of a notebook the format has no place for.</summary>
public static class DibWriter
{
    /// <summary>The notebook as a file's text: UTF-8 without a byte order mark is what .NET Interactive expects.</summary>
    public static string Write(NotebookDocument notebook)
    {
        var text = new StringBuilder();
        if (Meta(notebook) is { Count: > 0 } metadata)
            text.Append("#!meta\n\n").Append(Encoding.UTF8.GetString(JsonText.Write(metadata, JsonLayout.OneLine))).Append("\n\n");
        foreach (var cell in notebook.Cells)
        {
            var language = notebook.LanguageOf(cell);
            text.Append("#!").Append(language).Append("\n\n");
            var source = NotebookConversion.WithoutSelector(notebook, cell).Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n');
            if (source.Length > 0)
                text.Append(source).Append("\n\n");
        }

        // A file ends with the last line's break; the blank line stands between cells only.
        if (text.Length > 0)
            text.Length--;
        return text.ToString();
    }

    /// <summary>The <c>#!meta</c> object: the notebook's metadata, with <c>kernelInfo</c> where .dib has it.</summary>
    private static JsonObject Meta(NotebookDocument notebook)
    {
        var metadata = (JsonObject)notebook.Metadata.DeepClone();
        foreach (var owner in (string[])["polyglot_notebook", "dotnet_interactive"])
        {
            if (metadata[owner] is not JsonObject nested || nested["kernelInfo"] is not JsonObject info)
                continue;
            nested.Remove("kernelInfo");
            if (nested.Count == 0)
                metadata.Remove(owner);
            if (!metadata.ContainsKey("kernelInfo"))
                metadata.Insert(0, "kernelInfo", info);
        }

        var strange = notebook.Cells.Select(notebook.LanguageOf).Where(language => !NotebookLanguages.IsKnown(language)).Distinct(StringComparer.Ordinal).ToList();
        if (!metadata.ContainsKey("kernelInfo") && metadata.Count + strange.Count > 0)
            metadata.Insert(0, "kernelInfo", NotebookConversion.KernelInfo(notebook));

        // A reader knows the selector of a connected database only by its name here.
        foreach (var language in strange.Where(language => Items(metadata).All(item => item.Text("name") != language)))
            Items(metadata).Add(NotebookConversion.KernelItem(language));
        return metadata;
    }

    private static JsonArray Items(JsonObject metadata) =>
        metadata.Child("kernelInfo")["items"] as JsonArray ?? metadata.Child("kernelInfo").Place("items", new JsonArray());
}

using FSharp.Compiler.EditorServices;
using FSharp.Compiler.Tokenization;
using Microsoft.FSharp.Collections;

namespace Cde.Kernels.Languages;

/// <summary>What could stand and what stands in F# code, as the compiler sees it after all cells so far.</summary>
internal static class FSharpServices
{
    /// <summary>Entries with a signature. <value>More would be computed for nothing: a list shows about a dozen.</value></summary>
    private const int MaxDescribed = 25;

    /// <summary>What could stand at a position.</summary>
    public static CompletionList Complete(FSharpSession session, string code, int position)
    {
        var (line, column, text) = Place(code, position);
        var partial = QuickParse.GetPartialLongNameEx(text, column - 1);
        var start = position - partial.PartialIdent.Length;
        var (syntax, types) = session.Check(code);
        var items = types.GetDeclarationListInfo(syntax, line, text, partial, null, null, null).Items
            .Where(item => item.NameInList.StartsWith(partial.PartialIdent, StringComparison.OrdinalIgnoreCase))
            .OrderBy(item => !item.NameInList.StartsWith(partial.PartialIdent, StringComparison.Ordinal)).ToList();
        var entries = items.Select((item, rank) => new CompletionEntry(item.NameInCode, Kind(item.Glyph), rank < MaxDescribed ? Signature(item) : "")).ToList();
        if (partial.QualifyingIdents.IsEmpty && partial.PartialIdent.Length > 0)
        {
            entries.AddRange(FSharpKeywords.KeywordsWithDescription.Where(word => word.Item1.StartsWith(partial.PartialIdent, StringComparison.Ordinal))
                .Select(word => new CompletionEntry(word.Item1, "keyword", word.Item2)));
        }

        var end = position;
        while (end < code.Length && (char.IsLetterOrDigit(code[end]) || code[end] is '_' or '\''))
            end++;
        return new(start, end, [.. entries.DistinctBy(entry => entry.Text)]);
    }

    /// <summary>What stands at a position: its signature and documentation.</summary>
    public static Hover? Inspect(FSharpSession session, string code, int position)
    {
        var (line, column, text) = Place(code, position);
        if (QuickParse.GetCompleteIdentifierIsland(false, text, column)?.Value is not var (name, end, _))
            return null;
        var tip = session.Check(code).Types.GetToolTip(line, end, text, ListModule.OfSeq(name.Split('.')), FSharpTokenTag.Identifier, null);
        var parts = tip.Item.OfType<ToolTipElement.Group>().SelectMany(group => group.elements).ToList();
        if (parts.Count == 0)
            return null;
        var signatures = string.Join('\n', parts.Select(part => part.MainDescription.Text));
        var documentation = string.Join("\n\n", parts.Select(part => FSharpDocumentation.Of(part.XmlDoc)).Where(doc => doc.Length > 0).Distinct());
        return documentation.Length == 0
            ? new(signatures, $"```fsharp\n{signatures}\n```")
            : new($"{signatures}\n\n{documentation}", $"```fsharp\n{signatures}\n```\n\n{documentation}");
    }

    /// <summary>Line from 1, column from 0 and the line's text.</summary>
    private static (int Line, int Column, string Text) Place(string code, int position)
    {
        var begin = position == 0 ? 0 : code.LastIndexOf('\n', position - 1) + 1;
        var end = code.IndexOf('\n', begin) is >= 0 and var found ? found : code.Length;
        return (code.AsSpan(0, begin).Count('\n') + 1, position - begin, code[begin..end].TrimEnd('\r'));
    }

    private static string Signature(DeclarationListItem item) =>
        item.Description.Item.OfType<ToolTipElement.Group>().SelectMany(group => group.elements).FirstOrDefault()?.MainDescription.Text.Split('\n')[0] ?? "";

    private static string Kind(FSharpGlyph glyph) => glyph.Tag switch
    {
        FSharpGlyph.Tags.Method or FSharpGlyph.Tags.ExtensionMethod or FSharpGlyph.Tags.OverridenMethod => "method",
        FSharpGlyph.Tags.Property or FSharpGlyph.Tags.Field or FSharpGlyph.Tags.Event => "property",
        FSharpGlyph.Tags.Module or FSharpGlyph.Tags.NameSpace => "module",
        FSharpGlyph.Tags.Variable or FSharpGlyph.Tags.Constant or FSharpGlyph.Tags.EnumMember => "value",
        _ => "class",
    };
}

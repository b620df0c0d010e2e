using System.Text.Json.Nodes;
using Cde.Kernels.Commands;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>
/// Parameters as papermill has them: the cell tagged <c>parameters</c> declares them and holds their defaults; a run puts a cell tagged
/// <c>injected-parameters</c> behind it, which sets those that were given.
/// </summary>
public static class ParameterCell
{
    private const string Tag = "parameters", InjectedTag = "injected-parameters";

    private static readonly Dictionary<string, IParameterLanguage> Languages = new(StringComparer.Ordinal)
    {
        ["csharp"] = new CSharpParameters(),
        ["fsharp"] = new FSharpParameters(),
    };

    /// <summary>Puts the values into the notebook, in place of those that an earlier run put there.</summary>
    /// <param name="notebook">The notebook. Without a parameters cell the new cell comes first, and any name will do.</param>
    /// <param name="given">The values.</param>
    /// <param name="name">What errors call the notebook.</param>
    /// <returns>The new cell; null where no value is given.</returns>
    /// <exception cref="UsageException">A name is none of the parameters (names the nearest), or a value is not of its kind.</exception>
    /// <exception cref="CdeException">The parameters cell is in a language that cannot have any.</exception>
    public static NotebookCell? Inject(NotebookDocument notebook, IReadOnlyList<GivenParameter> given, string name)
    {
        if (given.Count == 0)
            return null;
        notebook.Cells.RemoveAll(cell => cell.Tags.Contains(InjectedTag));
        var place = notebook.Cells.FindIndex(cell => cell.Kind == CellKind.Code && cell.Tags.Contains(Tag));
        var template = place < 0 ? null : notebook.Cells[place];
        var language = template is null ? notebook.DefaultLanguage : notebook.LanguageOf(template);
        if (!Languages.TryGetValue(language, out var syntax))
            throw new CdeException($"{name}{(template is null ? "" : $" {CellPlace.Of(notebook.Cells.Take(place + 1).Count(cell => cell.Kind == CellKind.Code), template.Source)}")}: parameters in {language} cannot be set; a parameters cell is C# or F#");
        var declared = template is null ? null : syntax.Declared(NotebookConversion.WithoutSelector(notebook, template)).DistinctBy(one => one.Name).ToDictionary(one => one.Name, StringComparer.Ordinal);
        var lines = given.Select(one => Line(one, declared, syntax, name)).ToList();
        var cell = Cell(notebook, template, language, lines);
        notebook.Cells.Insert(place + 1, cell);
        return cell;
    }

    private static string Line(GivenParameter given, Dictionary<string, DeclaredParameter>? declared, IParameterLanguage syntax, string name)
    {
        DeclaredParameter? declaration = null;
        if (declared is not null && !declared.TryGetValue(given.Name, out declaration))
            throw new UsageException($"--param {given.Name}={given.Text}: {name} has no parameter {given.Name} ({NearestNames.Suggest(given.Name, declared.Keys)})");
        return syntax.Assign(given.Name, declaration, ParameterValue.Read(given, declaration?.Kind ?? ParameterKind.Any));
    }

    private static NotebookCell Cell(NotebookDocument notebook, NotebookCell? template, string language, List<string> lines)
    {
        lines.Insert(0, "// Parameters");
        if (template is null ? language != NotebookLanguages.Default : notebook.SelectedLanguage(template.Source) is not null)
            lines.Insert(0, $"#!{language}");
        var cell = new NotebookCell(CellKind.Code, string.Join('\n', lines), template is null ? null : template.Language);
        cell.Metadata.Place("tags", new JsonArray(InjectedTag));
        return cell;
    }
}

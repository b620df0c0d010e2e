using System.Text.RegularExpressions;
using Cde.Kernels.Notebooks;
using Cde.Testing;

namespace Cde.Kernels.Tests.Tutorials;

/// <summary>What every tutorial has, whatever it shows.</summary>
public sealed partial class TutorialFormTests
{
    private const long MostBytes = 600_000;

    public static TheoryData<string> Names => [.. TutorialNotebooks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tutorial_says_what_one_can_do_after_it_and_ends_with_exercises(string name)
    {
        var notebook = Read(name);
        var texts = notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source).ToList();

        Assert.Matches(FileName(), name);
        Assert.StartsWith($"# {name[..2]} ", notebook.Cells[0].Source, StringComparison.Ordinal);
        Assert.Contains("After this notebook you can", notebook.Cells[0].Source, StringComparison.Ordinal);
        Assert.Matches("minute|seconds", notebook.Cells[0].Source);
        Assert.Contains("## Exercises", texts[^1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tutorial_is_committed_with_the_outputs_of_one_run_from_top_to_bottom(string name)
    {
        var cells = Read(name).Cells.Where(cell => cell.Kind == CellKind.Code).ToList();

        Assert.Equal(Enumerable.Range(1, cells.Count), cells.Select(cell => cell.ExecutionCount ?? 0));
        Assert.Contains(cells, cell => cell.Outputs.ToJsonString().Contains("svg", StringComparison.Ordinal));
        Assert.All(cells.Where(cell => !cell.Tags.Contains("raises-exception")), cell => Assert.DoesNotContain("\"output_type\":\"error\"", cell.Outputs.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_tutorial_is_small_and_says_nothing_about_the_machine_it_was_run_on(string name)
    {
        var text = File.ReadAllText(Path.Combine(TutorialNotebooks.Folder, name));

        Assert.InRange(text.Length, 1, MostBytes);
        Assert.DoesNotContain(TestFolders.Repository, text, StringComparison.Ordinal);
        Assert.DoesNotMatch(HomeFolder(), text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cell_that_is_not_compared_says_why(string name) =>
        Assert.All(Read(name).Cells.Where(cell => cell.Tags.Contains(NotebookComparison.VariesTag)), cell => Assert.Matches("(//|--|#) varies: ..........", cell.Source));

    [Theory]
    [MemberData(nameof(Names))]
    public void Links_of_a_tutorial_lead_somewhere(string name)
    {
        var targets = Read(name).Cells.Where(cell => cell.Kind == CellKind.Markdown).SelectMany(cell => Link().Matches(cell.Source)).Select(link => link.Groups[1].Value);

        Assert.All(targets.Where(target => !target.Contains("://", StringComparison.Ordinal)), target => Assert.True(Path.Exists(Path.Combine(TutorialNotebooks.Folder, target)), target));
    }

    private static NotebookDocument Read(string name) => NotebookFile.Read(Path.Combine(TutorialNotebooks.Folder, name));

    [GeneratedRegex(@"^\d\d-[a-z0-9-]+\.ipynb$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"/(root|home)/\w")]
    private static partial Regex HomeFolder();

    [GeneratedRegex(@"\]\(([^)#\s]+)")]
    private static partial Regex Link();
}

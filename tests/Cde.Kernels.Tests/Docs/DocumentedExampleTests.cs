using Cde.Kernels.Commands;
using Cde.Kernels.Shell;
using Cde.Testing;

namespace Cde.Kernels.Tests.Docs;

/// <summary>What the documentation shows can be typed: every <c>./cde</c> line parses, the C# example compiles.</summary>
public class DocumentedExampleTests
{
    private static readonly string[] Pages =
        [.. Directory.GetFiles(TestFolders.Repository, "*.md").Concat(Directory.GetFiles(Path.Combine(TestFolders.Repository, "docs"), "*.md", SearchOption.AllDirectories))];

    public static TheoryData<string> Lines => [.. Pages.SelectMany(ShellLines).Concat(CommandCatalog.Own.SelectMany(command => command.Examples).Select(line => "./cde " + line)).Distinct()];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_documented_line_can_be_typed(string line)
    {
        var words = Words(line.Split(" #")[0]["./cde ".Length..].Trim());

        var (command, taken) = CommandCatalog.Find(words);

        Assert.NotNull(ShellParser.Parse(command, words[taken..]));
    }

    [Fact]
    public void Readme_names_both_first_commands() =>
        Assert.Empty(new[] { "./cde demo", "./cde test" }.Except(ShellLines(Path.Combine(TestFolders.Repository, "README.md")).Select(line => line.Split(" #")[0].Trim())));

    [Fact]
    public void Readme_example_is_the_one_that_compiles()
    {
        var readme = File.ReadAllText(Path.Combine(TestFolders.Repository, "README.md")).Split("```csharp\n")[1].Split("```")[0];
        var source = File.ReadAllText(Path.Combine(TestFolders.Repository, "tests", "Cde.Kernels.Tests", "Docs", "ReadmeExample.cs")).Split("// begin\n")[1].Split("// end")[0];

        Assert.Equal(Unindented(source), Unindented(readme));
    }

    [Theory]
    [InlineData("corpora")]
    [InlineData("search")]
    [InlineData("embedding")]
    public void First_example_of_a_page_is_the_one_that_compiles(string name)
    {
        var shown = File.ReadAllText(Path.Combine(TestFolders.Repository, "docs", name + ".md")).Split("```csharp\n")[1].Split("```")[0];
        var source = File.ReadAllText(Path.Combine(TestFolders.Repository, "tests", "Cde.Kernels.Tests", "Docs", "PageExamples.cs")).Split($"// begin {name}\n")[1].Split("// end")[0];

        Assert.Equal(Unindented(source), Unindented(shown));
    }

    [Fact]
    public void Links_between_pages_lead_somewhere() =>
        Assert.Empty(Pages.SelectMany(page => File.ReadAllText(page).Split("](").Skip(1)
            .Select(rest => rest.Split(')')[0].Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
            .Select(target => $"{Path.GetFileName(page)}: {target}")));

    private static IEnumerable<string> ShellLines(string page) => File.ReadAllText(page).Split("```sh\n").Skip(1)
        .SelectMany(block => block.Split("```")[0].Split('\n'))
        .Select(line => line.Trim())
        .Where(line => line.StartsWith("./cde ", StringComparison.Ordinal));

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));

    /// <summary>Splits as a shell does, as far as the examples need it: double quotes hold a word together.</summary>
    private static List<string> Words(string line) =>
        [.. line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}

using System.Text.RegularExpressions;
using Cde.Kernels.ApiPages;
using Cde.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Tests.ApiPages;

/// <summary>The pages of docs/api: complete, linked, and the same each time.</summary>
public sealed partial class ApiReferenceTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Written = new(() => ApiReference.Read().Pages());

    private static string Page(string name) => Written.Value[name];

    [Fact]
    public void Every_public_type_of_the_library_stands_on_the_page_of_its_namespace() =>
        Assert.Empty(typeof(CdeException).Assembly.GetExportedTypes()
            .Where(type => !Page(type.Namespace + ".md").Contains($"\n## {FullName(type)}", StringComparison.Ordinal))
            .Select(type => type.FullName));

    [Fact]
    public void A_method_has_its_signature_and_what_its_comment_says()
    {
        var page = Page("Cde.Workbench.Corpora.md");

        Assert.Contains("\n## Query\n\n```csharp\npublic sealed record Query\n```\n", page);
        Assert.Contains("- `Query(string Id, string Text)`<br>", page);
        Assert.Contains("static ", page);
        Assert.Contains("<br>Throws [`CdeException`](Cde.Workbench.md#cdeexception): ", page);
    }

    [Fact]
    public void What_the_compiler_makes_and_what_is_not_public_is_left_out()
    {
        var all = string.Concat(Written.Value.Values);

        Assert.DoesNotContain("PrintMembers", all);
        Assert.DoesNotContain("EqualityContract", all);
        Assert.DoesNotContain("## LoadedEncoder", all);
        Assert.DoesNotContain("\n## ApiReference", all);
    }

    [Fact]
    public void Every_link_leads_to_a_heading() =>
        Assert.Empty(Written.Value.SelectMany(page => Links().Matches(page.Value)
            .Select(link => (Page: link.Groups["page"].Value is { Length: > 0 } name ? name : page.Key, Anchor: link.Groups["anchor"].Value))
            .Where(link => !Headings(link.Page).Contains(link.Anchor))
            .Select(link => $"{page.Key}: {link.Page}#{link.Anchor}")));

    [Fact]
    public void Pages_are_the_same_when_they_are_written_again() => Assert.Equal(Written.Value, ApiReference.Read().Pages());

    [Fact]
    public void A_page_of_a_namespace_that_is_no_more_is_removed_and_other_files_stay()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["Cde.Gone.md"], $"# Cde.Gone\n\n{ApiReference.Origin}\n");
        File.WriteAllText(folder["notes.md"], "mine\n");

        var count = ApiReference.Read().WriteTo(folder.Path);

        Assert.False(File.Exists(folder["Cde.Gone.md"]));
        Assert.Equal("mine\n", File.ReadAllText(folder["notes.md"]));
        Assert.Equal(count + 1, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_foreign_page_under_a_name_that_is_needed_is_kept()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["README.md"], "mine\n");

        var refusal = Assert.Throws<CdeException>(() => ApiReference.Read().WriteTo(folder.Path));

        Assert.Contains("was not written by this command", refusal.Message);
        Assert.Equal("mine\n", File.ReadAllText(folder["README.md"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    private static readonly Dictionary<string, HashSet<string>> Known = [];

    private static HashSet<string> Headings(string page)
    {
        if (!Known.TryGetValue(page, out var anchors))
            Known[page] = anchors = [.. Page(page).Split("\n## ").Skip(1).Select(part => ApiLinks.Anchor(part.Split('\n')[0].Replace("\\", "")))];
        return anchors;
    }

    private static string FullName(Type type) => (type.DeclaringType is { } outer ? FullName(outer) + "." : "") + type.Name.Split('`')[0];

    [GeneratedRegex(@"\]\((?<page>[\w.]*\.md)?#(?<anchor>[\w-]+)\)")]
    private static partial Regex Links();
}

using Cde.Kernels.Commands;
using Cde.Testing;

namespace Cde.Kernels.Tests.Commands;

public class ReferencePageTests
{
    [Fact]
    public void The_committed_page_is_what_the_definitions_say()
    {
        var committed = File.ReadAllText(Path.Combine(TestFolders.Repository, "docs", "commands.md"));

        Assert.True(committed == ReferencePage.Write(CommandCatalog.All), "docs/commands.md is old: ./cde reference --out docs/commands.md");
    }
}

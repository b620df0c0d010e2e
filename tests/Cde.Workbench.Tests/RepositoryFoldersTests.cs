using Cde.Testing;

namespace Cde.Workbench.Tests;

public class RepositoryFoldersTests
{
    [Fact]
    public void Root_is_the_checkout_and_its_datasets_are_found()
    {
        if (Environment.GetEnvironmentVariable("CDE_HOME") is { Length: > 0 } home)
            Assert.Equal(Path.GetFullPath(home), RepositoryFolders.Root);
        else
            Assert.Equal(TestFolders.Repository, RepositoryFolders.Root);
        Assert.True(File.Exists(Path.Combine(RepositoryFolders.Datasets!, "almanac.json")));
    }
}

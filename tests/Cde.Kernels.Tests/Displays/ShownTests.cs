using Cde.Kernels.Displays;
using Cde.Testing;

namespace Cde.Kernels.Tests.Displays;

public class ShownTests
{
    [Fact]
    public void Location_of_what_lies_in_the_checkout_is_told_from_there() =>
        Assert.Equal(Path.Combine("datasets", "models", "cde-mini"), Shown.Location(Path.Combine(TestFolders.Repository, "datasets", "models", "cde-mini")));

    [Fact]
    public void Location_in_the_users_home_begins_with_a_tilde() =>
        Assert.Equal("~/" + Path.Combine("models", "mine"), Shown.Location(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "models", "mine")));

    [Theory]
    [InlineData("models/mine")]
    [InlineData("/elsewhere/model")]
    public void Location_of_anything_else_stays_as_it_is(string path) => Assert.Equal(path, Shown.Location(path));
}

using Cde.Kernels.Directives;

namespace Cde.Kernels.Tests.Directives;

/// <summary>A magic that keeps what it is given.</summary>
internal sealed class FakeDirective(string name, Action<DirectiveContext>? run = null) : IDirective
{
    public string Name => name;

    public DirectiveGroup Group => DirectiveGroup.Running;

    public string Summary => "Does what a test wants";

    public IReadOnlyList<DirectiveParameter> Parameters =>
    [
        new("name", "A name") { ValueName = "NAME", IsPositional = true },
        new("kind", "A kind") { Choices = ["round", "square"] },
        new("seed", "A number"),
        new("tag", "Tags") { IsRepeated = true },
        new("byref", "A flag") { IsFlag = true },
    ];

    public Task RunAsync(DirectiveContext context)
    {
        run?.Invoke(context);
        return Task.CompletedTask;
    }
}

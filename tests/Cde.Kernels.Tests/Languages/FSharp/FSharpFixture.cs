using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Languages.FSharp;

/// <summary>One compiler for all tests that do not need their own: starting it takes seconds. Names declared in a test are of no concern to others.</summary>
public sealed class FSharpFixture : IAsyncLifetime
{
    public FSharpLanguage Language { get; } = new();

    public async ValueTask InitializeAsync() => await Language.WarmUp();

    public ValueTask DisposeAsync()
    {
        Language.Dispose();
        return default;
    }
}

/// <summary>Tests that share one compiler.</summary>
[CollectionDefinition(Name)]
public sealed class FSharpCollection : ICollectionFixture<FSharpFixture>
{
    public const string Name = "fsharp";
}

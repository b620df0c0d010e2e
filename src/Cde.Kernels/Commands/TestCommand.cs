using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;
using Cde.Kernels.Testing;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Builds and runs every test project, and ends with one line that counts.</summary>
public sealed class TestCommand : Command<TestOptions, TestResult>
{
    /// <inheritdoc/>
    public override string Name => "test";

    /// <inheritdoc/>
    public override string Summary => "Run the tests";

    /// <inheritdoc/>
    public override string Description =>
        "Builds the solution in Release and runs every test project. The last line of the output counts `N passed, N failed, N skipped`. "
        + "On Debian and Ubuntu it first installs what tests drive (Jupyter, Chromium, PostgreSQL) where it may, and everywhere fetches plotly.js from the registry that npm names; CDE_NO_INSTALL=1 keeps it from that. "
        + "Where the folder ../shared is present, a test skipped for want of data counts as failed.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples => ["test", "test --filter Category=Golden", "test --filter Tokenizer --all"];

    /// <inheritdoc/>
    public override async Task<TestResult> RunAsync(TestOptions options, Session session, CancellationToken cancellation)
    {
        var root = RepositoryFolders.Root is { } above && File.Exists(Path.Combine(above, "Cde.sln")) ? above : throw new CdeException("test runs in a checkout: no Cde.sln above the program");
        var filter = options.All ? options.Filter : options.Filter is { Length: > 0 } given ? $"({given})&(Category!=Long)" : "Category!=Long";
        var tools = new TestTools(Path.Combine(root, "artifacts", "setup.log"), session.Display.Note);
        await tools.InstallAsync(cancellation).ConfigureAwait(false);
        await tools.GivePlotlyAsync(Path.Combine(root, "artifacts", "plotly.min.js"), cancellation).ConfigureAwait(false);
        var runner = new TestRunner(root, options.Configuration, session.Display.Note);
        return await runner.RunAsync(filter, cancellation).ConfigureAwait(false);
    }
}

/// <summary>What <c>test</c> takes.</summary>
public sealed record TestOptions : CommandOptions
{
    /// <summary>Which tests.</summary>
    [Option("Only these tests, in the runner's own syntax: Category=Golden, FullyQualifiedName~Bm25, or a part of a name", ValueName = "EXPRESSION")]
    public string? Filter { get; init; }

    /// <summary>The long ones too.</summary>
    [Option("Also the long tests (Category=Long)")]
    public bool All { get; init; }

    /// <summary>How the tests are built.</summary>
    [Option("Build configuration", Choices = ["Release", "Debug"])]
    public string Configuration { get; init; } = "Release";
}

/// <summary>What the tests came to.</summary>
/// <param name="Passed">Tests that passed.</param>
/// <param name="Failed">Tests that failed, were skipped for want of data that the machine should have, or could not be built.</param>
/// <param name="Skipped">Tests that were skipped.</param>
/// <param name="Failures">One line for each failure.</param>
/// <param name="Skips">One line for each skip.</param>
public sealed record TestResult(int Passed, int Failed, int Skipped, IReadOnlyList<string> Failures, IReadOnlyList<string> Skips) : CommandResult
{
    /// <summary>The last line.</summary>
    public string Line => $"{Passed} passed, {Failed} failed, {Skipped} skipped";

    /// <inheritdoc/>
    public override string? Failure => Failed > 0 ? "tests failed" : null;

    /// <inheritdoc/>
    public override View Describe() => new([
        .. Skips.Select(line => new Paragraph("skipped: " + line)),
        .. Failures.Select(line => new Paragraph("FAILED: " + line)),
        new Paragraph(Line),
    ]);
}

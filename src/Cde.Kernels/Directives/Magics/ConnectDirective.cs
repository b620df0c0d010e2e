using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary><c>#!connect postgresql --kernel-name shop --connection-string "..."</c>: opens a database as a language of the notebook.</summary>
public sealed class ConnectDirective : IDirective
{
    /// <inheritdoc/>
    public string Name => "connect";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Running;

    /// <inheritdoc/>
    public string Summary => "Open a database whose SQL later cells run";

    /// <inheritdoc/>
    public string Description =>
        "Cells that begin with #!NAME run on this connection, and #!sql means the one opened last. A password that the server wants and the string lacks is asked for. "
        + "Connecting again under the same name replaces the connection.";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters =>
    [
        new("kind", "The kind of database") { ValueName = "KIND", IsNamed = false, IsPositional = true, IsRequired = true, Choices = SqlLanguage.Kinds },
        new("kernel-name", "The name of the new language") { ValueName = "NAME", IsRequired = true },
        new("connection-string", "Host=...;Username=...;Database=..., or postgresql://user@host/database") { ValueName = "STRING", IsRequired = true },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
    [
        "#!connect postgresql --kernel-name shop --connection-string \"Host=localhost;Username=me;Database=shop\"",
        "#!connect postgresql --kernel-name shop --connection-string @password:\"connection string\"",
    ];

    /// <inheritdoc/>
    public IEnumerable<string> Declares(DirectiveArguments arguments) => arguments.Find("kernel-name")?.Value?.Value is string name ? [name] : [];

    /// <inheritdoc/>
    public async Task RunAsync(DirectiveContext context)
    {
        var (kind, name) = (context.Text("kind")!, context.Text("kernel-name")!);
        var sql = context.Host.Languages.OfType<SqlLanguage>().FirstOrDefault() ?? throw new CdeException("#!connect: this notebook has no SQL");
        try
        {
            var before = context.Host.Languages.OfType<PostgresLanguage>().FirstOrDefault(language => string.Equals(language.Name, name, StringComparison.OrdinalIgnoreCase));
            var connection = await sql.ConnectAsync(kind, name, context.Text("connection-string")!, context.Cell);
            context.Host.Add(connection);
            if (before is not null)
                await before.DisposeAsync();
            context.Cell.Session.Display.Note($"{connection.DisplayName}: cells of #!{name} run here, and those of #!sql");
        }
        catch (CdeException refused)
        {
            throw context.Error(context.Arguments.Find("connection-string")!.Word, $"#!connect: {refused.Message}", refused);
        }
    }
}

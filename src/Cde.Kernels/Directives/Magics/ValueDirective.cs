using Cde.Kernels.Languages;
using Cde.Workbench;

namespace Cde.Kernels.Directives;

/// <summary><c>#!value --name x</c>: keeps a file, a page, a text, or the lines below it under a name, for every language.</summary>
public sealed class ValueDirective : IDirective
{
    private static readonly string[] Sources = ["from-url", "from-file", "from-value"];

    /// <inheritdoc/>
    public string Name => "value";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Values;

    /// <inheritdoc/>
    public string Summary => "Keep a file, a page, a text or the lines below as a value for every language";

    /// <inheritdoc/>
    public string Description =>
        "Without a source, the lines up to the next selector are the value. Other cells use it as @value:name or with #!share name --from value.";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters =>
    [
        new("name", "The value's name") { ValueName = "NAME", IsRequired = true },
        new("from-url", "An http or https address") { ValueName = "URL" },
        new("from-file", "A file, from the notebook's folder") { ValueName = "FILE", IsPath = true },
        new("from-value", "A text, or a variable") { ValueName = "VALUE" },
        new("mime-type", "What it is: application/json is read as JSON; by the file or the server where left out") { ValueName = "TYPE" },
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples => ["#!value --name orders --from-file orders.json", "#!value --name key --from-value @password"];

    /// <inheritdoc/>
    public void Check(DirectiveArguments arguments)
    {
        if (arguments.Values.Where(given => Sources.Contains(given.Parameter.Name)).Skip(1).FirstOrDefault() is { } second)
            throw arguments.Line.Error(second.Option!, "#!value: one source is enough: --from-url, --from-file or --from-value");
    }

    /// <inheritdoc/>
    public string? Selects(DirectiveArguments arguments) => arguments.AsksHelp || Sources.Any(arguments.Has) ? null : "value";

    /// <inheritdoc/>
    public async Task RunAsync(DirectiveContext context)
    {
        var values = LanguageCatalog.TryFind(context.Host.Languages, "value") as ValueLanguage ?? throw new CdeException("#!value: this host keeps no values");
        var (name, mimeType) = (context.Text("name")!, context.Text("mime-type"));
        if (context.Text("from-url") is { } address)
            await values.KeepPageAsync(name, address, mimeType, context.Cell.Cancellation);
        else if (context.Text("from-file") is { } file)
            await values.KeepFileAsync(name, Path.Combine(context.Host.Folder, file), mimeType, context.Cell.Cancellation);
        else if (context.Value("from-value") is var value && value is string text)
            values.Keep(name, text, mimeType);
        else
            await ValueSharing.SetAsync(values, name, value, mimeType);
    }
}

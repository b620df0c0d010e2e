using System.Text.Json;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary><c>#!set --name x --value ...</c>: declares a variable in the cell's language.</summary>
public sealed class SetDirective : IDirective
{
    /// <summary>The parameter that asks for a copy in a form.</summary>
    internal static DirectiveParameter MimeType { get; } = new("mime-type", "Copy the value in this form; the object itself where left out")
    {
        ValueName = "TYPE",
        Choices = ValueForms.MimeTypes,
    };

    /// <inheritdoc/>
    public string Name => "set";

    /// <inheritdoc/>
    public DirectiveGroup Group => DirectiveGroup.Values;

    /// <inheritdoc/>
    public string Summary => "Declare a variable in the cell's language";

    /// <inheritdoc/>
    public string Description =>
        "The value is a text, JSON, another language's variable (@fsharp:total) or a question (@input:\"prompt\", @password). C# and F# take the "
        + "object itself; JavaScript, SQL and shells take it in their own form.";

    /// <inheritdoc/>
    public IReadOnlyList<DirectiveParameter> Parameters =>
    [
        new("name", "The variable's name") { ValueName = "NAME", IsRequired = true },
        new("value", "Its value") { ValueName = "VALUE", IsRequired = true },
        new("byref", "The object itself, as without --mime-type") { IsFlag = true },
        MimeType,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Examples =>
        ["#!set --name total --value @fsharp:total", "#!set --name key --value @password:\"API key\"", "#!set --name point --value {\"x\": 1}"];

    /// <inheritdoc/>
    public void Check(DirectiveArguments arguments)
    {
        if (arguments.Has("byref") && arguments.Find("mime-type") is { } form)
            throw arguments.Line.Error(form.Option!, "#!set: --byref gives the object itself, --mime-type a copy; leave one out");
    }

    /// <inheritdoc/>
    public Task RunAsync(DirectiveContext context)
    {
        var language = LanguageCatalog.Find(context.Host.Languages, context.Language);
        var given = context.Arguments.Find("value")!;
        var form = context.Text("mime-type");
        var isJson = given.Value!.Kind == DirectiveWordKind.Json || (form == ValueForms.Json && given.Value.Reference is null);
        return isJson && form is null or ValueForms.Json
            ? ValueSharing.SetAsync(language, context.Text("name")!, ReadJson(context, given))
            : ValueSharing.SetAsync(language, context.Text("name")!, context.Value(given), form);
    }

    private static object? ReadJson(DirectiveContext context, DirectiveArgument given)
    {
        if (given.Value!.Reference is not null)
            return context.Value(given);
        try
        {
            return JsonForm.Read(given.Value.Value);
        }
        catch (JsonException wrong)
        {
            throw context.Error(given.Word, $"#!set: {given.Word.Value} is not JSON; leave --mime-type out to set a text", wrong);
        }
    }
}

using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>
/// Carries values from one language to another, whatever the host. The language that takes a value decides its form: C# and F# take the
/// object itself, JavaScript its JSON, SQL a parameter, a shell its text. A media type asks for a copy in that form instead.
/// </summary>
public static class ValueSharing
{
    /// <summary>A variable of a language.</summary>
    /// <exception cref="CdeException">The language has no variables, or none of that name; the message names the nearest.</exception>
    public static Variable Take(ILanguage from, string name)
    {
        var variables = from as IVariables ?? throw new CdeException($"{from.Name} keeps no variables, so it has no {name}");
        return variables.TryGet(name, out var variable)
            ? variable
            : throw new CdeException($"{from.Name} has no variable \"{name}\"; {NearestNames.Suggest(name, variables.List().Select(one => one.Name))}");
    }

    /// <summary>Declares a variable of one language in another (<c>#!share</c>).</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="to">Where it is declared.</param>
    /// <param name="newName">Its name there; the same where null.</param>
    /// <param name="mimeType">The form to copy it in, one of <see cref="ValueForms.MimeTypes"/>; the object itself where null.</param>
    /// <exception cref="CdeException">There is no such variable, or it cannot be carried over.</exception>
    public static Task ShareAsync(ILanguage from, string name, ILanguage to, string? newName = null, string? mimeType = null)
    {
        var variable = Take(from, name);
        var origin = $"{from.Name}:{name}";
        return mimeType is null
            ? DeclareAsync(to, newName ?? name, variable.Value, variable.Type, origin)
            : DeclareAsync(to, newName ?? name, ValueForms.Convert(variable.Value, mimeType, origin), null, origin);
    }

    /// <summary>Declares a variable (<c>#!set</c>).</summary>
    /// <param name="to">The language.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="mimeType">The form to copy it in, one of <see cref="ValueForms.MimeTypes"/>; the object itself where null.</param>
    /// <exception cref="CdeException">The language takes no values, the name is none of it, or the value cannot be carried over.</exception>
    public static Task SetAsync(ILanguage to, string name, object? value, string? mimeType = null) =>
        DeclareAsync(to, name, mimeType is null ? value : ValueForms.Convert(value, mimeType, name), null, name);

    /// <summary>The value that a reference names.</summary>
    /// <param name="reference"><c>@name</c> or <c>@language:name</c>.</param>
    /// <param name="languages">The engine's languages.</param>
    /// <param name="target">The language that <c>@name</c> alone means: the one that the line belongs to.</param>
    /// <param name="mimeType">The form to copy it in; the object itself where null.</param>
    /// <exception cref="CdeException">It is no reference, or there is no such language or variable; the message names the nearest.</exception>
    public static object? Resolve(string reference, IReadOnlyCollection<ILanguage> languages, ILanguage target, string? mimeType = null)
    {
        if (!ValueReference.TryParse(reference, out var parsed))
            throw new CdeException($"\"{reference}\" names no variable: write @name, or @language:name such as @csharp:total");
        var language = parsed.Language is null ? target : LanguageCatalog.Find(languages, parsed.Language);
        var value = Take(language, parsed.Name).Value;
        return mimeType is null ? value : ValueForms.Convert(value, mimeType, $"{language.Name}:{parsed.Name}");
    }

    private static async Task DeclareAsync(ILanguage to, string name, object? value, Type? type, string origin)
    {
        if (to is not IVariables variables)
            throw new CdeException($"{to.Name} takes no values, so {origin} cannot be declared in it; javascript, sql, sh and the programming languages do");
        await variables.SetAsync(name, value, type);
    }
}

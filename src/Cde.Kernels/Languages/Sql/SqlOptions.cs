using System.Globalization;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>What the line that selects a database can say: <c>#!sql --as orders --limit 500</c>.</summary>
/// <param name="As">The name to keep the results under; none where null.</param>
/// <param name="Limit">How many rows of a result are kept.</param>
internal sealed record SqlOptions(string? As, int Limit)
{
    /// <summary>How many rows of a result are kept where the line says nothing. <value>10,000: more than anybody reads, little enough for any memory.</value></summary>
    public const int DefaultLimit = 10_000;

    /// <summary>Reads the words behind the selector. <c>--name</c> is .NET Interactive's word for <c>--as</c>.</summary>
    /// <exception cref="CdeException">An option is unknown or wrong.</exception>
    public static SqlOptions Parse(string selector, string arguments)
    {
        var options = SelectorOptions.Parse(selector, arguments, "--as", "--name", "--limit");
        if (options["--as"] is not null && options["--name"] is not null)
            throw new CdeException($"{selector}: --as and --name mean the same; give one");
        var limit = DefaultLimit;
        if (options["--limit"] is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
            throw new CdeException($"{selector}: --limit takes a whole number from 1, not \"{text}\"");
        return new(options["--as"] ?? options["--name"], limit);
    }
}

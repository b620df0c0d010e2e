using System.Globalization;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Processes;

/// <summary>Options back as the words that spell them, for another process.</summary>
internal static class CommandWords
{
    /// <summary>The command's name and every option that is not at its default.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">Its options.</param>
    /// <param name="except">Names of options to leave out, without dashes.</param>
    public static IReadOnlyList<string> Of(CommandDefinition command, CommandOptions options, params string[] except)
    {
        var words = new List<string>(command.Name.Split(' '));
        var defaults = command.NewOptions();
        foreach (var parameter in command.Parameters.Where(parameter => !parameter.IsArgument && !except.Contains(parameter.Name)))
        {
            var value = parameter.Get(options);
            if (value is null || Equals(value, parameter.Get(defaults)))
                continue;
            if (parameter.IsRepeated)
                words.AddRange(((IReadOnlyList<string>)value).SelectMany(item => (string[])[parameter.Spelling, item]));
            else if (!parameter.IsFlag)
                words.AddRange([parameter.Spelling, Text(value)]);
            else if (value is true)
                words.Add(parameter.Spelling);
        }

        var arguments = command.Parameters.Where(parameter => parameter.IsArgument)
            .SelectMany(parameter => parameter.Get(options) switch { null => [], IReadOnlyList<string> list => list, var value => (IReadOnlyList<string>)[Text(value)] }).ToArray();
        return arguments.Length == 0 ? words : [.. words, "--", .. arguments];
    }

    private static string Text(object value) => value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture) : value.ToString()!;
}

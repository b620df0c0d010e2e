using Cde.Kernels.Commands;

namespace Cde.Kernels.Notebooks;

/// <summary>A parameter as it was typed: <c>name=value</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Text">The value's text.</param>
public sealed record GivenParameter(string Name, string Text)
{
    /// <summary>Reads what was typed after each <c>--param</c>.</summary>
    /// <exception cref="UsageException">There is no <c>=</c>, the name is no identifier, or it is given twice.</exception>
    public static IReadOnlyList<GivenParameter> Parse(IReadOnlyList<string> words)
    {
        var parameters = new List<GivenParameter>();
        foreach (var word in words)
        {
            var at = word.IndexOf('=');
            var name = at < 0 ? word : word[..at].Trim();
            if (at < 0)
                throw new UsageException($"--param {word}: expected name=value");
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || !name.All(letter => char.IsLetterOrDigit(letter) || letter == '_'))
                throw new UsageException($"--param {word}: \"{name}\" is no name for a variable");
            if (parameters.Any(other => other.Name == name))
                throw new UsageException($"--param {word}: {name} is given twice");
            parameters.Add(new GivenParameter(name, word[(at + 1)..]));
        }

        return parameters;
    }
}

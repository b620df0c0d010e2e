using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>What the shells of a notebook share: the values set for them, which their scripts see as environment variables.</summary>
internal sealed partial class ShellVariables
{
    /// <summary>The longest text that an environment variable takes everywhere, in UTF-8 bytes. <value>Linux allows 128 KiB with the name, Windows 32,767 characters.</value></summary>
    private static readonly int MaxBytes = OperatingSystem.IsWindows() ? 32_000 : 128_000;

    private readonly ConcurrentDictionary<string, (Variable Variable, string? Text)> _values = new(StringComparer.Ordinal);

    /// <summary>The values as the environment takes them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment => _values.Where(entry => entry.Value.Text is not null).Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text!));

    /// <summary>The values by name.</summary>
    public IReadOnlyList<Variable> List() => [.. _values.Values.Select(entry => entry.Variable).OrderBy(variable => variable.Name, StringComparer.Ordinal)];

    /// <summary>The value of that name.</summary>
    public bool TryGet(string name, out Variable variable)
    {
        var found = _values.TryGetValue(name, out var entry);
        variable = entry.Variable;
        return found;
    }

    /// <summary>Sets a value; its text is taken now.</summary>
    /// <exception cref="CdeException">The name is none, or the value has no text or too long a one.</exception>
    public void Set(string name, object? value, Type? type)
    {
        CheckName(name);
        var text = ValueForms.AsText(value, name);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new CdeException($"{name} holds a NUL character, which no environment variable can; write it to a file and share the file's name");
        var bytes = Encoding.UTF8.GetByteCount(text);
        if (bytes > MaxBytes)
            throw new CdeException($"{name} is {bytes} bytes of text, an environment variable takes {MaxBytes}; write it to a file and share the file's name");
        _values[name] = (new(name, type ?? value?.GetType() ?? typeof(object), value), text);
    }

    /// <summary>Keeps the output of a script for other languages. It is not in the environment: output may be long.</summary>
    /// <exception cref="CdeException">The name is none.</exception>
    public void Keep(string name, string text)
    {
        CheckName(name);
        _values[name] = (new(name, typeof(string), text), null);
    }

    /// <summary>Refuses what is no name of a variable.</summary>
    /// <exception cref="CdeException">It is none.</exception>
    public static void CheckName(string name)
    {
        if (!NameOfVariable().IsMatch(name))
            throw new CdeException($"\"{name}\" is no name of an environment variable: letters, digits and _, no digit first");
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex NameOfVariable();
}

using Cde.Kernels.Cells;
using Cde.Kernels.Languages;

namespace Cde.Kernels.Tests.Directives;

/// <summary>A language whose code is kept, and whose lines <c>name = text</c> set variables.</summary>
internal sealed class FakeLanguage(string name, params string[] aliases) : ILanguage, IVariables
{
    private readonly Dictionary<string, Variable> _variables = [];

    public string Name => name;

    public IReadOnlyList<string> Aliases => aliases;

    public string DisplayName => name.ToUpperInvariant();

    public List<(string Code, CellContext Cell)> Ran { get; } = [];

    public async Task<CellValue?> RunAsync(string code, CellContext cell)
    {
        Ran.Add((code, cell));
        foreach (var line in code.Split('\n'))
        {
            if (line.Split(" = ") is [var left, var right])
                await SetAsync(left, right);
        }

        return null;
    }

    public IReadOnlyList<Variable> List() => [.. _variables.Values.OrderBy(variable => variable.Name, StringComparer.Ordinal)];

    public bool TryGet(string variable, out Variable found) => _variables.TryGetValue(variable, out found);

    public Task SetAsync(string variable, object? value, Type? type = null)
    {
        _variables[variable] = new Variable(variable, type ?? value?.GetType() ?? typeof(object), value);
        return Task.CompletedTask;
    }
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Cde.Workbench;
using Cde.Workbench.Contexts;

namespace Cde.Kernels.Commands;

/// <summary>One option or argument of a command: what its declaration says, and the conversion of what was typed.</summary>
public sealed class ParameterDefinition
{
    private readonly PropertyInfo _property;
    private readonly OptionAttribute _declaration;
    private readonly Type _valueType;

    /// <summary>The parameter that a property declares.</summary>
    /// <param name="property">A property of an options record.</param>
    /// <param name="declaration">Its attribute.</param>
    /// <param name="defaults">A new record, which holds the defaults.</param>
    internal ParameterDefinition(PropertyInfo property, OptionAttribute declaration, CommandOptions defaults)
    {
        _property = property;
        _declaration = declaration;
        Name = Kebab(property.Name);
        IsRepeated = property.PropertyType == typeof(IReadOnlyList<string>);
        _valueType = IsRepeated ? typeof(string) : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Default = property.GetValue(defaults);
    }

    /// <summary>The name without dashes, such as <c>max-tokens</c>.</summary>
    public string Name { get; }

    /// <summary>How it is written: <c>--max-tokens</c>, or <c>TEXT</c> for an argument.</summary>
    public string Spelling => IsArgument ? ValueName : "--" + Name;

    /// <summary>What it does, in one line.</summary>
    public string Help => _declaration.Help;

    /// <summary>Its value when it is not given.</summary>
    public object? Default { get; }

    /// <summary>It is given by position.</summary>
    public bool IsArgument => _declaration is ArgumentAttribute;

    /// <summary>Its place among the arguments, from 0; -1 for an option.</summary>
    public int Position => _declaration is ArgumentAttribute argument ? argument.Position : -1;

    /// <summary>It takes no value.</summary>
    public bool IsFlag => _valueType == typeof(bool);

    /// <summary>It may be given several times.</summary>
    public bool IsRepeated { get; }

    /// <summary>The command refuses to run without it.</summary>
    public bool IsRequired => _declaration.Required;

    /// <summary>The only values allowed; any where empty.</summary>
    public IReadOnlyList<string> Choices => Completes == Completes.Samplers ? MinicorpusSamplers.Names : _declaration.Choices;

    /// <summary>Where its completions come from, beside <see cref="Choices"/>.</summary>
    public Completes Completes => _declaration.Completes;

    /// <summary>What stands for its value in help.</summary>
    public string ValueName => _declaration.ValueName ?? (IsArgument ? Name.ToUpperInvariant() : Choices.Count > 0
        ? string.Join('|', Choices)
        : IsNumber ? "N" : "TEXT");

    /// <summary>The range in words, such as <c>1 to 1000</c>; empty where there is none.</summary>
    public string Range => (double.IsNaN(_declaration.Min), double.IsNaN(_declaration.Max)) switch
    {
        (true, true) => "",
        (false, true) => $"at least {Number(_declaration.Min)}",
        (true, false) => $"at most {Number(_declaration.Max)}",
        _ => $"{Number(_declaration.Min)} to {Number(_declaration.Max)}",
    };

    /// <summary>The default in words; empty where there is none to tell.</summary>
    public string DefaultText => Default switch
    {
        null or false or "" => "",
        string text => text,
        IEnumerable list => string.Join(' ', list.Cast<object>()),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    private bool IsNumber => _valueType == typeof(int) || _valueType == typeof(long) || _valueType == typeof(double);

    /// <summary>Puts a value into an options record.</summary>
    public void Set(CommandOptions options, object? value) => _property.SetValue(options, value);

    /// <summary>The value in an options record.</summary>
    public object? Get(CommandOptions options) => _property.GetValue(options);

    /// <summary>What was typed, as the property's type.</summary>
    /// <exception cref="UsageException">It is not of that type, out of range, or not among the choices.</exception>
    public object Convert(string text)
    {
        if (Choices.Count > 0 && !Choices.Contains(text, StringComparer.Ordinal))
        {
            var near = NearestNames.Find(text, Choices);
            throw new UsageException($"{Spelling} {text}: not one of {string.Join(", ", Choices)}{(near.Count > 0 ? $" (did you mean {near[0]}?)" : "")}");
        }

        if (!IsNumber)
            return _valueType == typeof(bool) ? ConvertFlag(text) : text;
        object? value = null;
        if (_valueType == typeof(double) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real))
            value = real;
        else if (_valueType == typeof(long) && long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var big))
            value = big;
        else if (_valueType == typeof(int) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
            value = whole;
        var kind = _valueType == typeof(double) ? "a number" : "a whole number";
        if (value is null)
            throw new UsageException($"{Spelling} {text}: not {kind}{(Range.Length > 0 ? $" ({Range})" : "")}");
        var number = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (number < _declaration.Min || number > _declaration.Max)
            throw new UsageException($"{Spelling} {text}: out of range ({Range})");
        return value;
    }

    private bool ConvertFlag(string text) => text switch
    {
        "true" => true,
        "false" => false,
        _ => throw new UsageException($"{Spelling} {text}: takes no value, or true or false"),
    };

    private static string Number(double value) => value.ToString("0.############", CultureInfo.InvariantCulture);

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0)
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(letter));
        }

        return kebab.ToString();
    }
}

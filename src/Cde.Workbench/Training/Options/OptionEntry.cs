using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Cde.Workbench.Training;

/// <summary>One option of a run as its declaration says it: <c>optimizer.learningRate</c>, its type, default and range.</summary>
internal sealed class OptionEntry
{
    private readonly PropertyInfo[] chain;
    private readonly RangeAttribute? range;

    private OptionEntry(PropertyInfo[] chain)
    {
        this.chain = chain;
        var last = chain[^1];
        range = last.GetCustomAttribute<RangeAttribute>();
        Type = Nullable.GetUnderlyingType(last.PropertyType) ?? last.PropertyType;
        Path = string.Join('.', chain.Select(property => OptionText.Name(property.Name)));
        Description = last.GetCustomAttribute<DescriptionAttribute>()?.Description ?? throw new InvalidOperationException($"{Path} has no description");
        IsOptional = new NullabilityInfoContext().Create(last).WriteState == NullabilityState.Nullable;
        Default = Value(new TrainingOptions());
    }

    /// <summary>Every option, section by section.</summary>
    public static IReadOnlyList<OptionEntry> All { get; } = [.. Walk([], typeof(TrainingOptions))];

    /// <summary>Where it stands: <c>batch.size</c>.</summary>
    public string Path { get; }

    /// <summary>Its type, without null.</summary>
    public Type Type { get; }

    /// <summary>What it does, in one line.</summary>
    public string Description { get; }

    /// <summary>Whether it may be null.</summary>
    public bool IsOptional { get; }

    /// <summary>Its value where it is not given.</summary>
    public object? Default { get; }

    /// <summary>Least and greatest value; null where there is no bound.</summary>
    public (double Least, double Greatest)? Bounds =>
        range is null ? null : (Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture));

    /// <summary>The only values allowed; empty where there is no such list.</summary>
    public IReadOnlyList<string> Choices => Type.IsEnum ? [.. Enum.GetNames(Type).Select(OptionText.Choice)] : [];

    /// <summary>What is expected, in words.</summary>
    public string Expected
    {
        get
        {
            var kind = Type == typeof(int) || Type == typeof(long) ? "a whole number"
                : Type == typeof(double) ? "a number"
                : Type == typeof(bool) ? "true or false"
                : Type == typeof(string) ? "a text"
                : Type.IsEnum ? string.Join(", ", Choices)
                : Type == typeof(JsonElement) ? "an object"
                : Type == typeof(IReadOnlyList<string>) ? "a list of texts" : "an object of numbers by name";
            return Bounds is { } bounds
                ? string.Create(CultureInfo.InvariantCulture, $"{kind} from {bounds.Least} to {bounds.Greatest}")
                : kind + (IsOptional ? " or null" : "");
        }
    }

    /// <summary>The value in a record.</summary>
    public object? Value(TrainingOptions options) => chain.Aggregate((object?)options, (at, property) => property.GetValue(at));

    /// <summary>What a value should be where it is not that; null where it is.</summary>
    public string? Complaint(object? value) => value switch
    {
        null => IsOptional ? null : Expected,
        double number when !double.IsFinite(number) => Expected,
        _ => range is null || range.IsValid(value) ? null : Expected,
    };

    /// <summary>Whether a property is a section of options rather than one option.</summary>
    public static bool IsSection(PropertyInfo property) => property.PropertyType.Namespace == typeof(TrainingOptions).Namespace && property.PropertyType.IsClass;

    private static IEnumerable<OptionEntry> Walk(PropertyInfo[] above, Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .SelectMany(property => IsSection(property) ? Walk([.. above, property], property.PropertyType) : [new OptionEntry([.. above, property])]);
}

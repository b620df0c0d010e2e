using System.Collections;
using System.Data;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench;
using Npgsql;
using NpgsqlTypes;

namespace Cde.Kernels.Languages;

/// <summary>A value of the notebook as a query's parameter: bound with its type, never part of the text.</summary>
internal static class ParameterValue
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(bool), typeof(short), typeof(int), typeof(long), typeof(float), typeof(double), typeof(decimal), typeof(string), typeof(char),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Guid), typeof(byte[]),
        typeof(System.Numerics.BigInteger), typeof(IPAddress), typeof(BitArray), typeof(NpgsqlInterval),
    ];

    /// <summary>The parameter.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reference">How the cell names it, with its <c>@</c>.</param>
    /// <exception cref="CdeException">PostgreSQL has no type for it.</exception>
    public static NpgsqlParameter Of(object? value, string reference) => value switch
    {
        null or DBNull => new NpgsqlParameter { Value = DBNull.Value },
        JsonElement json => Json(json.GetRawText()),
        JsonDocument json => Json(json.RootElement.GetRawText()),
        JsonNode json => Json(json.ToJsonString()),
        DateTimeOffset moment => new NpgsqlParameter { Value = moment.ToUniversalTime() },
        DateTime { Kind: DateTimeKind.Local } moment => new NpgsqlParameter { Value = moment.ToUniversalTime() },
        byte or sbyte or ushort => new NpgsqlParameter { Value = Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) },
        uint number => new NpgsqlParameter { Value = (long)number },
        ulong number => new NpgsqlParameter { Value = (decimal)number },
        Half number => new NpgsqlParameter { Value = (float)number },
        Uri or Version or FileSystemInfo => new NpgsqlParameter { Value = value.ToString()! },
        Enum => new NpgsqlParameter { Value = value.ToString()! },
        _ when Plain.Contains(value.GetType()) => new NpgsqlParameter { Value = value },
        DataTable or QueryTable or QueryRow => Json(JsonForm.Write(value, reference)),
        ReadOnlyMemory<float> vector => new NpgsqlParameter { Value = vector.ToArray() },
        Memory<float> vector => new NpgsqlParameter { Value = vector.ToArray() },
        IEnumerable list when ItemsOf(list, value.GetType()) is { } items => new NpgsqlParameter { Value = items },
        _ => throw new CdeException(
            $"{reference} ({value.GetType().Name}) has no type in PostgreSQL; share a number, a text, a date or a list of them, or its JSON with --mime-type {ValueForms.Json}"),
    };

    private static NpgsqlParameter Json(string text) => new() { Value = text, NpgsqlDbType = NpgsqlDbType.Jsonb };

    /// <summary>A list of values as an array of their type; null where they have no common plain type.</summary>
    private static Array? ItemsOf(IEnumerable list, Type type)
    {
        var item = type.IsArray
            ? type.GetElementType()
            : type.GetInterfaces().Append(type).FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];
        if (item is null)
            return null;
        if (item == typeof(object))
        {
            var kinds = list.Cast<object?>().Where(one => one is not null).Select(one => one!.GetType()).Distinct().ToList();
            item = kinds.Count == 1 ? kinds[0] : null;
        }

        if (item is null || !Plain.Contains(Nullable.GetUnderlyingType(item) ?? item))
            return null;
        if (type.IsArray && type.GetElementType() == item)
            return (Array)list;
        var values = list.Cast<object?>().ToList();
        // A list of numbers with a gap in it needs the type that has one.
        if (values.Contains(null) && item.IsValueType && Nullable.GetUnderlyingType(item) is null)
            item = typeof(Nullable<>).MakeGenericType(item);
        var items = Array.CreateInstance(item, values.Count);
        for (var i = 0; i < values.Count; i++)
            items.SetValue(values[i], i);
        return items;
    }
}

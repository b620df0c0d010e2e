using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Cde.Workbench;
using Npgsql;
using NpgsqlTypes;

namespace Cde.Kernels.Languages;

/// <summary>Reads the rows of a statement, keeps the first ones and counts the rest.</summary>
internal static class ResultReader
{
    /// <summary>The columns of a result.</summary>
    public static QueryColumns Columns(NpgsqlDataReader reader) => new(Enumerable.Range(0, reader.FieldCount).Select(place => new QueryColumn(
        reader.GetName(place) is "?column?" ? "column" : reader.GetName(place), TypeOf(reader, place), reader.GetDataTypeName(place))));

    /// <summary>The columns that have no type in .NET, such as records of a type that the database defines: they are asked for as text.</summary>
    public static bool[] Unreadable(NpgsqlDataReader description) =>
        [.. Enumerable.Range(0, description.FieldCount).Select(place => !IsReadable(description, place))];

    /// <summary>Reads all rows.</summary>
    /// <param name="reader">The statement's answer.</param>
    /// <param name="limit">How many are kept.</param>
    /// <param name="progress">Told how many were read, now and then.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="CdeException">A value has no form in .NET.</exception>
    public static async Task<QueryTable> ReadAsync(NpgsqlDataReader reader, int limit, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        const int often = 100_000;
        var columns = Columns(reader);
        var rows = new List<object?[]>();
        var total = 0L;
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            if (total < limit)
                rows.Add(Row(reader, columns, total));
            if (++total % often == 0)
                progress.Report(new("reading", total, 0, "rows"));
        }

        return new(Settled(columns, rows), rows, total);
    }

    /// <summary>The columns with the type that the values of undecided ones turned out to have.</summary>
    private static QueryColumns Settled(QueryColumns columns, List<object?[]> rows) => new(columns.Select((column, place) =>
    {
        if (column.Type != typeof(object))
            return column;
        var types = rows.Select(row => row[place]?.GetType()).Where(type => type is not null).Distinct().Take(2).ToList();
        var usual = column.DatabaseType.Split('(')[0] switch { "numeric" => typeof(decimal), "interval" => typeof(TimeSpan), _ => typeof(object) };
        return column with { Type = types.Count switch { 0 => usual, 1 => types[0]!, _ => typeof(object) } };
    }));

    private static object?[] Row(NpgsqlDataReader reader, QueryColumns columns, long number)
    {
        var values = new object?[columns.Count];
        for (var place = 0; place < values.Length; place++)
        {
            try
            {
                values[place] = reader.IsDBNull(place) ? null : Value(reader, place);
            }
            catch (Exception error) when (error is InvalidCastException or OverflowException or NotSupportedException or ArgumentException)
            {
                throw new CdeException(
                    $"row {number + 1}, column \"{columns[place].Name}\": a value of type {columns[place].DatabaseType} has no form in .NET ({error.Message.Split('\n')[0].TrimEnd('.')}); select it as text: {columns[place].Name}::text", error);
            }
        }

        return values;
    }

    private static object Value(NpgsqlDataReader reader, int place) => reader.GetDataTypeName(place).Split('(')[0] switch
    {
        "numeric" => Numeric(reader, place),
        "interval" => Interval(reader.GetFieldValue<NpgsqlInterval>(place)),
        "void" => "",
        _ => reader.GetValue(place),
    };

    /// <summary>A decimal where it fits: NaN and infinities are doubles, whole numbers beyond 28 digits big integers.</summary>
    private static object Numeric(NpgsqlDataReader reader, int place)
    {
        try
        {
            return reader.GetFieldValue<decimal>(place);
        }
        catch (Exception error) when (error is OverflowException or InvalidCastException)
        {
            return NotANumber(reader, place) is { } value ? value : reader.GetFieldValue<BigInteger>(place);
        }
    }

    /// <summary>What a numeric without digits is, from the third word of its binary form; null for one with digits.</summary>
    private static double? NotANumber(NpgsqlDataReader reader, int place)
    {
        Span<byte> head = stackalloc byte[6];
        using var binary = reader.GetStream(place);
        binary.ReadExactly(head);
        return BinaryPrimitives.ReadUInt16BigEndian(head[4..]) switch
        {
            0xC000 => double.NaN,
            0xD000 => double.PositiveInfinity,
            0xF000 => double.NegativeInfinity,
            _ => null,
        };
    }

    /// <summary>A time span where it is one; months have no fixed length and stay in ISO 8601's words: <c>P1M2DT3H</c>.</summary>
    private static object Interval(NpgsqlInterval interval)
    {
        if (interval.Months == 0)
            return new TimeSpan(interval.Days, 0, 0, 0) + TimeSpan.FromMicroseconds(interval.Time);
        var time = System.Xml.XmlConvert.ToString(TimeSpan.FromMicroseconds(interval.Time));
        var days = interval.Days == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{interval.Days}D");
        return string.Create(CultureInfo.InvariantCulture, $"P{interval.Months}M{days}") + (interval.Time == 0 ? "" : time[time.IndexOf('T', StringComparison.Ordinal)..]);
    }

    private static Type TypeOf(NpgsqlDataReader reader, int place) => reader.GetDataTypeName(place).Split('(')[0] switch
    {
        // These may hold values that the usual type cannot.
        "numeric" => typeof(object),
        "interval" => typeof(object),
        "void" => typeof(string),
        _ => reader.GetFieldType(place),
    };

    private static bool IsReadable(NpgsqlDataReader description, int place)
    {
        try
        {
            return description.GetFieldType(place) != typeof(object) || description.GetDataTypeName(place) is "record" or "void";
        }
        catch (Exception error) when (error is InvalidCastException or NotSupportedException)
        {
            return false;
        }
    }
}

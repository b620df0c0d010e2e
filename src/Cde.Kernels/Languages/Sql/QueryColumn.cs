namespace Cde.Kernels.Languages;

/// <summary>A column of a query's result.</summary>
/// <param name="Name">Its name; a name that occurs again gets a number, such as <c>id_2</c>.</param>
/// <param name="Type">The type of its values in .NET.</param>
/// <param name="DatabaseType">Its type in the database, such as <c>numeric(10,2)</c>.</param>
public sealed record QueryColumn(string Name, Type Type, string DatabaseType)
{
    /// <summary>Whether its values are numbers.</summary>
    public bool IsNumeric => Type == typeof(short) || Type == typeof(int) || Type == typeof(long) || Type == typeof(float)
        || Type == typeof(double) || Type == typeof(decimal) || Type == typeof(System.Numerics.BigInteger);
}

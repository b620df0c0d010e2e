using System.Collections;
using System.Runtime.CompilerServices;
using Cde.Workbench;

namespace Cde.Kernels.Languages;

/// <summary>Declares values of the host in F#, by reference.</summary>
internal static class FSharpBinding
{
    /// <summary>Declares a value under the most telling type that F# code can name: its own, its declared one, a base class, an interface.</summary>
    /// <param name="session">The session.</param>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">Its declared type; none where null.</param>
    /// <exception cref="CdeException">The name is none.</exception>
    public static void Declare(FSharpSession session, string name, object? value, Type? type)
    {
        if (!FSharpNames.IsIdentifier(name))
            throw new CdeException($"\"{name}\" is no name of an F# value: letters, digits, _ and ', no digit first, no keyword");
        if (value is not null && IsNameable(value.GetType()) && TryBind(session, name, value))
            return;
        session.Bind(FSharpSession.ExchangeName, new StrongBox<object?>(value));
        foreach (var nameable in Candidates(value, type).Where(IsNameable).Append(typeof(object)).Distinct())
        {
            session.Refer(nameable.Assembly.Location);
            var candidate = FSharpNames.Of(nameable);
            var code = value is null
                ? $"let {FSharpNames.Quoted(name)} : {candidate} = Unchecked.defaultof<{candidate}>"
                : $"let {FSharpNames.Quoted(name)} : {candidate} = unbox<{candidate}> {FSharpSession.ExchangeName}.Value";
            if (session.Evaluate(code, "value.fsx", CancellationToken.None).IsDone)
                break;
        }

        // The exchange must not keep the value alive once its name is given to another.
        session.Bind(FSharpSession.ExchangeName, new StrongBox<object?>());
    }

    private static bool TryBind(FSharpSession session, string name, object value)
    {
        try
        {
            session.Bind(name, value);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            // A type that the compiler cannot import: an interface of it may do.
            return false;
        }
    }

    private static IEnumerable<Type> Candidates(object? value, Type? declared)
    {
        if (declared is not null && declared != typeof(object))
            yield return declared;
        if (value is null)
            yield break;
        if (Widened(value) is { } wide)
            yield return wide;
        foreach (var type in Bases(value.GetType()))
            yield return type;
        foreach (var face in value.GetType().GetInterfaces().OrderBy(Rank).ThenByDescending(face => face.GetInterfaces().Length))
            yield return face;
    }

    /// <summary>A type and what it derives from, without <see cref="object"/> and <see cref="ValueType"/>.</summary>
    private static IEnumerable<Type> Bases(Type own)
    {
        for (var type = own; type is not null && type != typeof(object) && type != typeof(ValueType); type = type.BaseType)
            yield return type;
    }

    /// <summary>
    /// A list or sequence of objects whose own type code cannot name, such as a class of a C# cell, as one of a base type or interface that it can: <c>IReadOnlyList&lt;obj&gt;</c>
    /// has <c>Count</c>, an indexer and <c>Seq</c>'s functions, a bare <c>IList</c> has not. Null where that is not so: values are of no base type.
    /// </summary>
    private static Type? Widened(object value)
    {
        foreach (var sequence in new[] { typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>) })
        {
            foreach (var face in value.GetType().GetInterfaces().Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == sequence))
            {
                var item = face.GetGenericArguments()[0];
                if (item.IsValueType || IsNameable(item))
                    continue;
                var own = Bases(item).Concat(item.GetInterfaces().Where(one => Rank(one) == 1)).FirstOrDefault(IsNameable);
                return sequence.MakeGenericType(own ?? typeof(object));
            }
        }

        return null;
    }

    /// <summary>Collections say the most, then what a program defines itself, then the rest of the system's interfaces.</summary>
    private static int Rank(Type face) =>
        face.Namespace == "System.Collections.Generic" && typeof(IEnumerable).IsAssignableFrom(face) ? 0
        : face.Namespace?.Split('.')[0] is not ("System" or "Microsoft") ? 1
        : typeof(IEnumerable).IsAssignableFrom(face) ? 2 : 3;

    /// <summary>Whether code can name the type: it and its arguments are public, and their assemblies are files that the compiler can read.</summary>
    private static bool IsNameable(Type type) =>
        type.IsVisible && !type.IsPointer && !type.IsByRef && !type.IsByRefLike
        && (type.HasElementType ? IsNameable(type.GetElementType()!) : (!type.Assembly.IsDynamic && type.Assembly.Location.Length > 0) || FSharpNames.IsOfSession(type))
        && type.GetGenericArguments().All(IsNameable);
}

namespace Cde.Kernels.Diagnosis;

/// <summary>One thing that was looked for.</summary>
/// <param name="Name">What.</param>
/// <param name="State"><c>ok</c>; <c>missing</c>: something refuses to work without it; <c>none</c>: not there, and not needed.</param>
/// <param name="Found">What was found, or the way out.</param>
public sealed record DoctorCheck(string Name, string State, string Found)
{
    /// <summary>It is there.</summary>
    public static DoctorCheck Ok(string name, string found) => new(name, "ok", found);

    /// <summary>It is not there, and something needs it.</summary>
    public static DoctorCheck Missing(string name, string wayOut) => new(name, "missing", wayOut);

    /// <summary>It is not there, and nothing needs it.</summary>
    public static DoctorCheck None(string name, string found) => new(name, "none", found);
}

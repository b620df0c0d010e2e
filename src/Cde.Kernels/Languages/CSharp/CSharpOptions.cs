namespace Cde.Kernels.Languages.CSharp;

/// <summary>What a C# session starts with.</summary>
public sealed record CSharpOptions
{
    /// <value>The folder from which relative paths in <c>#r</c> and <c>#load</c> count; the current one by default.</value>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <value>The only package sources that <c>#r "nuget: ..."</c> asks, beside those that <c>#i</c> adds; those of the user's NuGet configuration where empty (default).</value>
    public IReadOnlyList<string> PackageSources { get; init; } = [];

    /// <value>Compiles a small cell in the background at once, so that the first real one is fast; on by default.</value>
    public bool WarmsUp { get; init; } = true;
}

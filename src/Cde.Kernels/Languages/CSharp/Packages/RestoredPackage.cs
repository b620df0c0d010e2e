namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>A package on this machine, and what a cell takes from it. Paths are absolute.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Compiled">The assemblies to compile against.</param>
/// <param name="Run">The assemblies to run.</param>
/// <param name="Native">The native libraries for this machine.</param>
public sealed record RestoredPackage(
    string Id, string Version, string Folder, IReadOnlyList<string> Compiled, IReadOnlyList<string> Run, IReadOnlyList<string> Native);

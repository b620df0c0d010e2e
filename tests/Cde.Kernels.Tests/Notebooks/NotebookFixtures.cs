using Cde.Testing;

namespace Cde.Kernels.Tests.Notebooks;

/// <summary>The notebooks under <c>tests/fixtures/notebooks</c>: written by nbformat 5.5, by JavaScript's JSON as VS Code does, and by hand.</summary>
internal static class NotebookFixtures
{
    public static string Path(string name) => System.IO.Path.Combine(TestFolders.Fixtures, "notebooks", name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));
}

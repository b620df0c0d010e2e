namespace Cde.Testing;

/// <summary>A folder of its own for one test, removed at the end.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("cde-test-").FullName;

    /// <summary>The path of a file or folder in it.</summary>
    public string this[params string[] names] => System.IO.Path.Combine([Path, .. names]);

    /// <summary>Writes a text file (its folder too) and returns its path.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

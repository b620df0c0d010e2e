using System.Text;
using System.Text.Unicode;
using Cde.Workbench;

namespace Cde.Kernels.Notebooks;

/// <summary>Notebooks as files: .ipynb, .dib, and source files as notebooks of one cell.</summary>
public static class NotebookFile
{
    /// <summary>The largest file that is read, in bytes: 512 MiB.</summary>
    public const long MaxBytes = 512L << 20;

    /// <summary>What can be read.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".ipynb", ".dib", ".cs", ".csx", ".fs", ".fsx", ".js", ".sql", ".html", ".htm", ".md"];

    /// <summary>Reads a notebook, or a source file as one cell of its language.</summary>
    /// <exception cref="CdeException">There is no such file, its kind is not known, it is too large, or it breaks a rule (with line or cell).</exception>
    public static NotebookDocument Read(string path)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Extensions.Contains(extension, StringComparer.Ordinal))
            throw new CdeException($"{path}: not a notebook or source file ({string.Join(", ", Extensions)})");
        var bytes = ReadBytes(path);
        return extension switch
        {
            ".ipynb" => IpynbReader.Read(bytes, path),
            ".dib" => DibReader.Read(Decode(bytes, path), path),
            _ => OneCell(NotebookLanguages.OfExtension(extension)!, Decode(bytes, path)),
        };
    }

    /// <summary>Writes a notebook as the extension says. What was there before stays whole until the new file is.</summary>
    /// <exception cref="CdeException">The extension is neither .ipynb nor .dib, or the file cannot be written.</exception>
    public static void Write(NotebookDocument notebook, string path)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".ipynb": AtomicFile.WriteAllBytes(path, IpynbWriter.Write(notebook)); break;
            case ".dib": AtomicFile.WriteAllText(path, DibWriter.Write(notebook)); break;
            default: throw new CdeException($"{path}: a notebook is written as .ipynb or .dib");
        }
    }

    private static NotebookDocument OneCell(string language, string source)
    {
        var notebook = new NotebookDocument();
        source = source.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');
        notebook.Cells.Add(language == NotebookLanguages.Markdown ? new NotebookCell(CellKind.Markdown, source) : new NotebookCell(CellKind.Code, source, language));
        return notebook;
    }

    private static byte[] ReadBytes(string path)
    {
        if (Directory.Exists(path))
            throw new CdeException($"{path}: a folder, not a notebook");
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new CdeException($"{path}: no such file");
        if (file.Length > MaxBytes)
            throw new CdeException($"{path}: {file.Length >> 20} MiB is more than a notebook may have ({MaxBytes >> 20} MiB); clear its outputs");
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static string Decode(byte[] bytes, string path) => Utf8.IsValid(bytes)
        ? Encoding.UTF8.GetString(bytes).TrimStart('\ufeff')
        : throw new CdeException($"{path}: not UTF-8; save the file as UTF-8");
}

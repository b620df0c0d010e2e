using System.Text;

namespace Cde.Workbench.Corpora;

/// <summary>Lines of UTF-8 text files with their numbers, for small line-based formats: byte order mark and CRLF tolerated, one line at a time.</summary>
internal static class TextLines
{
    /// <summary>The longest line in characters: a file without line ends must not fill the memory.</summary>
    public const int MaxLength = 1 << 24;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The lines that are not blank.</summary>
    /// <exception cref="CdeException">The file cannot be read, is not UTF-8, or has an endless line.</exception>
    public static IEnumerable<(int Number, string Text)> Read(string path) => ReadAll(path).Where(line => !string.IsNullOrWhiteSpace(line.Text));

    /// <summary>The lines, blank ones too.</summary>
    /// <exception cref="CdeException">The file cannot be read, is not UTF-8, or has an endless line.</exception>
    public static IEnumerable<(int Number, string Text)> ReadAll(string path)
    {
        using var reader = Open(path);
        for (var number = 1; ReadLine(reader, path, number) is { } line; number++)
            yield return (number, line);
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path, Strict, detectEncodingFromByteOrderMarks: true, 1 << 16);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CdeException($"{path} does not exist", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static string? ReadLine(StreamReader reader, string path, int number)
    {
        try
        {
            var line = new StringBuilder();
            while (reader.Read() is >= 0 and var next)
            {
                if (next == '\n')
                    return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
                if (line.Length == MaxLength)
                    throw new CdeException($"{path} line {number}: more than {MaxLength} characters without a line end");
                line.Append((char)next);
            }

            return line.Length > 0 ? line.ToString() : null;
        }
        catch (DecoderFallbackException failure)
        {
            throw new CdeException($"{path} is not UTF-8 (found at or after line {number}); convert it first", failure);
        }
        catch (IOException failure)
        {
            throw new CdeException($"{path} line {number} cannot be read: {failure.Message}", failure);
        }
    }
}

using System.Text.Json;

namespace Cde.Workbench.Corpora;

/// <summary>Whole JSON files of collections.</summary>
internal static class JsonFile
{
    /// <summary>Reads a file and takes from it what a collection needs; a missing or mistyped field names the file.</summary>
    /// <exception cref="CdeException">The file cannot be read, is not JSON, or has not the fields.</exception>
    public static T Read<T>(string path, Func<JsonElement, T> take)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var document = JsonDocument.Parse(stream);
            return take(document.RootElement);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CdeException($"{path} cannot be read: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new CdeException($"{path} is not laid out as its collection is: {failure.Message.ReplaceLineEndings(" ")}", failure);
        }
    }
}

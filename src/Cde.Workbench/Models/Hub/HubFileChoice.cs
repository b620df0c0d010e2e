namespace Cde.Workbench.Models.Hub;

/// <summary>Which of a model's files belong to it as this project reads it.</summary>
internal static class HubFileChoice
{
    /// <summary>
    /// Configuration, vocabularies, the card and safetensors; pickled weights in the place of safetensors only where a folder has no others. Other runtimes'
    /// exports are left out.
    /// </summary>
    public static Func<string, bool> Of(IReadOnlyCollection<string> paths)
    {
        var withSafetensors = paths.Where(path => path.EndsWith(".safetensors", StringComparison.Ordinal)).Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        return path => !path.StartsWith("onnx/", StringComparison.Ordinal) && !path.StartsWith("openvino/", StringComparison.Ordinal)
            && (IsPickle(path) ? !withSafetensors.Contains(FolderOf(path)) : IsRead(path));
    }

    private static bool IsRead(string path) =>
        Path.GetExtension(path) is ".json" or ".txt" or ".safetensors" or ".model" or ".md" or ".metadata" || Path.GetFileName(path) == "LICENSE";

    private static bool IsPickle(string path) =>
        Path.GetFileName(path).StartsWith("pytorch_model", StringComparison.Ordinal) && path.EndsWith(".bin", StringComparison.Ordinal);

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var end ? path[..end] : "";
}

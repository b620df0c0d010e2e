using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cde.Kernels.Languages.CSharp.Packages;

/// <summary>Reads <c>project.assets.json</c>, NuGet's account of a restore.</summary>
internal static class AssetsFile
{
    /// <summary>The packages that were restored, those that others need included.</summary>
    public static IReadOnlyList<RestoredPackage> Packages(string path)
    {
        var root = Open(path);
        var folders = root["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();

        // The target for this machine's kind holds its native libraries; the other is for any machine.
        var target = root["targets"]!.AsObject().OrderByDescending(one => one.Key.Contains('/', StringComparison.Ordinal)).First().Value!.AsObject();
        return [.. target.Where(one => (string?)one.Value!["type"] == "package").Select(one => Package(one.Key, one.Value!.AsObject(), root, folders))];
    }

    /// <summary>What NuGet complained of: code, package (empty where it is none's) and message.</summary>
    public static IReadOnlyList<(string Code, string Package, string Message)> Complaints(string path) => File.Exists(path)
        ? [.. (Open(path)["logs"]?.AsArray() ?? []).Select(log => ((string?)log!["code"] ?? "", (string?)log["libraryId"] ?? "", (string?)log["message"] ?? ""))]
        : [];

    private static RestoredPackage Package(string key, JsonObject target, JsonObject root, List<string> folders)
    {
        var relative = (string?)root["libraries"]![key]!["path"] ?? "";
        var folder = folders.Select(one => Path.Combine(one, relative)).FirstOrDefault(Directory.Exists)
            ?? throw new DirectoryNotFoundException($"{key}: its folder is gone");
        var name = key.Split('/');
        return new RestoredPackage(name[0], name[1], folder, Files("compile"), Files("runtime"), Files("native"));

        // A file called _._ stands for none.
        IReadOnlyList<string> Files(string kind) =>
            [.. (target[kind]?.AsObject() ?? []).Select(file => file.Key).Where(file => !file.EndsWith("_._", StringComparison.Ordinal)).Select(file => Path.GetFullPath(Path.Combine(folder, file)))];
    }

    private static JsonObject Open(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonNode.Parse(stream, documentOptions: new JsonDocumentOptions { MaxDepth = 64 })!.AsObject();
    }
}

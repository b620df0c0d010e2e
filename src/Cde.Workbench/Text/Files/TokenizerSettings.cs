using System.Text.Json;

namespace Cde.Workbench.Text.Files;

/// <summary>What <c>tokenizer_config.json</c> and <c>special_tokens_map.json</c> of a folder say beside the tokenizer's own file.</summary>
internal sealed record TokenizerSettings
{
    private const string MapFile = "special_tokens_map.json";

    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);

    /// <summary>The file, for messages.</summary>
    internal required string Source { get; init; }

    /// <summary>The class of transformers without "Fast", or null.</summary>
    internal string? Class { get; init; }

    /// <summary>The yes-or-no fields that are there.</summary>
    internal IReadOnlyDictionary<string, bool> Flags { get; init; } = new Dictionary<string, bool>();

    /// <summary>The most tokens of the model, where named.</summary>
    internal int? ModelMaxTokens { get; init; }

    /// <summary>The number of <c>extra_ids</c>, where named.</summary>
    internal int? ExtraIds { get; init; }

    /// <summary>A special token by its field ("pad_token"), or null.</summary>
    internal string? Token(string field) => _tokens.GetValueOrDefault(field);

    /// <summary>A yes-or-no field.</summary>
    internal bool Flag(string name, bool missing) => Flags.TryGetValue(name, out var value) ? value : missing;

    /// <summary>Reads what a folder has of the two files.</summary>
    /// <exception cref="CdeException">One is damaged, or asks for what is not computed here.</exception>
    internal static TokenizerSettings Read(string folder)
    {
        var (config, map) = (Path.Combine(folder, TokenizerFolder.ConfigFile), Path.Combine(folder, MapFile));
        using var document = File.Exists(config) ? JsonReading.Open(config) : null;
        using var special = File.Exists(map) ? JsonReading.Open(map) : null;
        var root = document?.RootElement ?? default;
        if (JsonReading.Text(root, "truncation_side") is { } side and not "right")
            throw new CdeException($"{config}: truncation_side is \"{side}\"; texts are cut only on the right here");
        var kind = JsonReading.Text(root, "tokenizer_class");
        var settings = new TokenizerSettings
        {
            Source = config,
            Class = kind is not null && kind.EndsWith("Fast", StringComparison.Ordinal) ? kind[..^"Fast".Length] : kind,
            Flags = Fields(root).Where(field => field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                .ToDictionary(field => field.Name, field => field.Value.GetBoolean(), StringComparer.Ordinal),
            ModelMaxTokens = JsonReading.Number(root, "model_max_length"),
            ExtraIds = JsonReading.Number(root, "extra_ids"),
        };
        settings.AddTokens(special?.RootElement ?? default);
        settings.AddTokens(root);
        return settings;
    }

    // Of a token that both files name the later one counts.
    private void AddTokens(JsonElement root)
    {
        foreach (var field in Fields(root))
        {
            if (field.Name.EndsWith("_token", StringComparison.Ordinal) && JsonReading.Token(root, field.Name) is { } token)
                _tokens[field.Name] = token;
        }
    }

    private static JsonElement.ObjectEnumerator Fields(JsonElement root) => root.ValueKind == JsonValueKind.Object ? root.EnumerateObject() : default;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary><c>rounds.json</c>: the options of the rounds, and what each round that has mined found. It says where a command that was stopped goes on.</summary>
internal sealed class RoundsFile
{
    // What may differ when rounds go on: how many there are, and what is printed.
    private static readonly string[] Free = ["rounds", "out", "json", "quiet", "as", "show"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path;
    private readonly JsonObject _options;
    private readonly List<MinedRound> _rounds;

    private RoundsFile(string path, JsonObject options, List<MinedRound> rounds) => (_path, _options, _rounds) = (path, options, rounds);

    /// <summary>The rounds that have mined, in order.</summary>
    public IReadOnlyList<MinedRound> All => _rounds;

    /// <summary>Opens the file of a folder, or begins one.</summary>
    /// <exception cref="CdeException">The rounds there were begun with other options, which are named, or the file is damaged.</exception>
    public static RoundsFile Open(string folder, MineRoundsOptions options)
    {
        var path = Path.Combine(folder, "rounds.json");
        var asked = (JsonObject)JsonSerializer.SerializeToNode(options, Json)!;
        foreach (var name in Free)
            asked.Remove(name);
        if (!File.Exists(path))
            return new RoundsFile(path, asked, []);
        try
        {
            var found = JsonNode.Parse(File.ReadAllText(path))!;
            var begun = found["options"]!.AsObject();
            var other = asked.Select(option => option.Key).FirstOrDefault(name => !JsonNode.DeepEquals(asked[name], begun[name]));
            return other is null
                ? new RoundsFile(path, asked, found["rounds"].Deserialize<List<MinedRound>>(Json)!)
                : throw new CdeException($"{path}: the rounds were begun with {other} {begun[other]?.ToJsonString() ?? "not set"}, not {asked[other]?.ToJsonString() ?? "not set"}; take the same options, or another --out");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new CdeException($"{path}: not what mine rounds wrote ({failure.Message.ReplaceLineEndings(" ")}); take another --out", failure);
        }
    }

    /// <summary>What a round found; null where it has not mined yet.</summary>
    public MinedRound? Mined(int number) => _rounds.ElementAtOrDefault(number - 1);

    /// <summary>Keeps what the next round found.</summary>
    public void Add(MinedRound round)
    {
        _rounds.Add(round);
        var content = new JsonObject { ["options"] = _options.DeepClone(), ["rounds"] = JsonSerializer.SerializeToNode(_rounds, Json) };
        AtomicFile.WriteAllText(_path, content.ToJsonString(Json) + "\n");
    }
}

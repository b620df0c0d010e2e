using Cde.Kernels.Tests.Notebooks;
using Cde.Workbench;
using Cde.Workbench.Training;
using Cde.Workbench.Training.Runs;

namespace Cde.Kernels.Tests.Commands;

/// <summary>How tests run each command on the tiny workspace: a line that works, and one that fails after it began.</summary>
internal static class CommandLines
{
    /// <summary>Two small assemblies for the demo.</summary>
    public const string Assemblies = "--assembly System.Net.Mail --assembly System.Text.RegularExpressions";

    /// <summary>Commands that cannot be run here to their end: they fetch from afar, build this very project, or end the process.</summary>
    public static IReadOnlyList<string> NotHere { get; } = ["models download", "test", "kernel run"];

    /// <summary>Training options for a run of one step on the tiny corpus.</summary>
    public const string Brief = "--anew --set model.width=8 --set model.layers=1 --set model.firstStageLayers=1 --set model.heads=1 --set model.inner=16 --set model.vocabularySize=200 --set steps=1 --set schedule.warmupSteps=0 --set context.size=2 --set batch.size=2";

    /// <summary>The command whose line has to be run before that of another; null where there is none.</summary>
    public static string? Before(string name) => name switch
    {
        "context show" => "context build",
        "kernel uninstall" => "kernel install",
        _ => null,
    };

    /// <summary>The lines by command. A command without lines here fails its tests.</summary>
    public static Dictionary<string, (string Works, string? Fails)> For(TinyWorkspace workspace)
    {
        var corpus = $"--corpus {TinyWorkspace.CorpusPath}";
        var model = $"{corpus} --model {workspace.Model}";
        var nowhere = Path.Combine(workspace.Folder, "nowhere");
        var run = new RunFolder(Path.Combine(workspace.Folder, "logged"));
        var classed = Path.Combine(workspace.Folder, "classed.jsonl");
        AtomicFile.WriteAllText(classed, string.Concat(Enumerable.Range(0, 6).Select(i => $"{{\"text\": \"text {i} of the moon\", \"label\": \"{i % 2}\"}}\n")));
        AtomicFile.WriteAllText(run.Config, TrainingConfiguration.Write(new TrainingOptions()));
        AtomicFile.WriteAllText(run.Log, "{\"step\":1,\"loss\":2.5,\"learningRate\":0.001,\"gradientNorm\":1}\n");
        var pairs = Path.Combine(workspace.Folder, "pairs.csv");
        AtomicFile.WriteAllText(pairs, "the moon,a moon,5\nbread,a car,1\nthe sea,salt water,3\n");
        return new()
        {
            ["demo"] = ($"demo --model {workspace.Model} {Assemblies} --out {workspace.Folder}/demo.html", $"demo --model {workspace.PlainModel}"),
            ["datasets list"] = ("datasets list", null),
            ["datasets info"] = ($"datasets info {TinyWorkspace.CorpusPath}", $"datasets info {nowhere}"),
            ["datasets import"] = ($"datasets import {TinyWorkspace.CorpusPath} --out {workspace.Folder}/imported", $"datasets import {TinyWorkspace.CorpusPath} {TinyWorkspace.CorpusPath} --out {workspace.Folder}/twice"),
            ["models download"] = ("", "models download cde-mini"), // downloading is tested with the hub client
            ["evaluate"] = ($"evaluate {model}", $"evaluate {model} --measures nDGC@10"),
            ["bm25 tune"] = ($"bm25 tune {corpus}", $"bm25 tune {corpus} --measure nDGC@10"),
            ["compare"] = ($"compare bm25 {workspace.PlainModel} {workspace.Model}@none {corpus} --draws 100", $"compare bm25 cde-mimi {corpus}"),
            ["tasks list"] = ($"tasks list {pairs} {TinyWorkspace.CorpusPath}", $"tasks list {nowhere}"),
            ["tasks run"] = ($"tasks run {pairs} --model {workspace.Model}", $"tasks run {pairs} --kind pairclassification --model {workspace.PlainModel}"),
            ["models export"] = ($"models export {workspace.PlainModel} --to {workspace.Folder}/exported", $"models export {nowhere} --to {nowhere}"),
            ["models push"] = ($"models push {workspace.PlainModel} owner/tiny --dry-run", $"models push {nowhere} owner/tiny --dry-run"), // uploads are tested with a local hub
            ["models precision"] = ($"models precision {model} --precisions int8", $"models precision {model} --precisions int3"),
            ["compression"] = ($"compression {model} --dimensions 8", $"compression {model} --dimensions 64"),
            ["models list"] = ("models list", null),
            ["models verify"] = ($"models verify {workspace.PlainModel} --published tiny --vectors {PublishedFiles.OfPlainModel(workspace)}", $"models verify {workspace.PlainModel} --published tiny"),
            ["models info"] = ($"models info {workspace.Model}", $"models info {nowhere}"),
            ["minicorpus"] = ($"minicorpus {corpus} --size 5", $"minicorpus --corpus {nowhere}"),
            ["context build"] = ($"context build {model} --as tiny", $"context build {model} --size 4000"),
            ["context show"] = ($"context show tiny --clusters 2 {model}", "context show tinny"),
            ["context compare"] = ($"context compare own none {model}", $"context compare own none {corpus} --model {workspace.PlainModel}"),
            ["context influence"] = ($"context influence {model} --context-size 3 --queries 2 --pool 3", $"context influence {model} --context none"),
            ["context sensitivity"] = ($"context sensitivity {model} --resamples 2 --size 3", $"context sensitivity {corpus} --model {workspace.PlainModel}"),
            ["context study"] = ($"context study dotnet-api/System.Net.Mail dotnet-api/System.Text.RegularExpressions --model {workspace.Model}", $"context study {TinyWorkspace.CorpusPath} --model {workspace.Model}"),
            ["embed"] = ($"embed {model} --out {workspace.Folder}/matrix.safetensors", $"embed {model} --prompt poem"),
            ["search"] = ($"search moon {model}", $"search moon {model} --context {nowhere}"),
            ["export"] = ($"export faiss {model} --to {workspace.Folder}/faiss", $"export faiss {model} --to {TinyWorkspace.CorpusPath}"),
            ["clusters"] = ($"clusters {model} --count 3", $"clusters {model} --count 4000"),
            ["map"] = ($"map {model} --queries", $"map {model} --neighbours 4000"),
            ["mine"] = ($"mine {model} --out {workspace.Folder}/mined.jsonl", $"mine {model} --preset nv-retreiver"),
            ["mine classes"] = ($"mine classes --corpus {classed} --model {workspace.PlainModel} --nearest 2 --out {workspace.Folder}/triplets.jsonl", $"mine classes {model}"),
            ["mine rounds"] = (
                $"mine rounds {model} --preset sentence-transformers --count 1 --rounds 1 {Brief} --out {workspace.Folder}/rounds",
                $"mine rounds {model} --preset sentence-transformers --count 1 --rounds 1 {Brief} --max-score -2 --out {workspace.Folder}/no-rounds"),
            ["batches"] = ($"batches {model} --sampler cluster --cluster-size 2 --batch-size 2", $"batches {model} --batch-size 4000"),
            ["train"] = ($"train {corpus} --out {workspace.Folder}/trained --width 8 --layers 1 --heads 1 --vocabulary-size 200 --steps 1 --warmup-steps 0 --context-size 2 --batch-size 2", $"train --corpus {nowhere} --out {nowhere}"),
            ["notebook run"] = ($"notebook run {NotebookFixtures.Path("sum.dib")}", $"notebook run {NotebookFixtures.Path("sum.dib")} --param x=1 --out {workspace.Folder}/run.ipynb --timeout 0.001"),
            ["report"] = ($"report {run.Path}", $"report {nowhere}"),
            ["notebook convert"] = ($"notebook convert {NotebookFixtures.Path("jupyter.ipynb")} --out {workspace.Folder}/page.html", $"notebook convert {nowhere}.ipynb --out {workspace.Folder}/page.html"),
            ["kernel install"] = ($"kernel install --prefix {workspace.Folder}", null),
            ["kernel uninstall"] = ($"kernel uninstall --prefix {workspace.Folder}", $"kernel uninstall --prefix {nowhere}"),
            ["kernel run"] = ("", $"kernel run {nowhere}"), // serving ends the process; it is tested with real clients
            ["bench"] = ("bench --quick --sections none --precision float32 --runs 1", "bench --sections none --models mini"),
            ["doctor"] = ("doctor", null),
            ["test"] = ("", null), // builds and runs this very project
            ["reference"] = ("reference", null),
        };
    }
}

using System.Reflection;

namespace Cde.Kernels.Commands;

/// <summary>What a result was made from, as far as the command has it. Two results with equal provenance are equal.</summary>
public sealed record Provenance
{
    /// <summary>The version of the workbench.</summary>
    public string Version { get; init; } = WorkbenchVersion;

    /// <summary>The seed of everything drawn at random.</summary>
    public long? Seed { get; init; }

    /// <summary>The model's name.</summary>
    public string? Model { get; init; }

    /// <summary>The hash of the model's weights, configuration and tokenizer.</summary>
    public string? ModelHash { get; init; }

    /// <summary>The model that put documents in order, with the hash of its files.</summary>
    public string? Reranker { get; init; }

    /// <summary>The corpus' name.</summary>
    public string? Corpus { get; init; }

    /// <summary>The hash of the corpus' documents.</summary>
    public string? CorpusHash { get; init; }

    /// <summary>The hash of the context: its documents, sampler, seed, model and vectors.</summary>
    public string? ContextHash { get; init; }

    /// <summary><c>cpu</c> or <c>cuda</c>.</summary>
    public string? Device { get; init; }

    /// <summary><c>float32</c> or <c>bfloat16</c>.</summary>
    public string? Precision { get; init; }

    /// <summary>The matrix-multiplication path, such as <c>openblas:SkylakeX</c>.</summary>
    public string? GemmPath { get; init; }

    /// <summary>The version of libtorch.</summary>
    public string? Libtorch { get; init; }

    /// <summary>Threads inside one operator.</summary>
    public int? Threads { get; init; }

    /// <summary>The version of this build.</summary>
    public static string WorkbenchVersion { get; } =
        typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}

using Cde.Workbench.Models.Layers;

namespace Cde.Workbench.Models;

/// <summary>Sizes of an encoder that a stage of a contextual model can be built on.</summary>
public abstract record BackboneConfig
{
    /// <summary>Rows of the word table, before padding.</summary>
    public abstract int VocabularySize { get; init; }

    /// <summary>d.</summary>
    public abstract int Width { get; init; }

    /// <summary>How many layers there are.</summary>
    public abstract int Layers { get; init; }

    /// <summary>Of the norms.</summary>
    public abstract double Epsilon { get; init; }

    /// <summary>Dropout after the embeddings in training.</summary>
    public abstract double EmbeddingDropout { get; init; }

    /// <summary>The same without any dropout.</summary>
    public abstract BackboneConfig WithoutDropout();

    /// <summary>The encoder.</summary>
    internal abstract BackboneEncoder Build(WeightScope weights);
}

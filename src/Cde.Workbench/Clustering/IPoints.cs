namespace Cde.Workbench.Clustering;

/// <summary>Rows to cluster, read where they lie or put together when asked for.</summary>
internal interface IPoints
{
    /// <summary>N.</summary>
    int Count { get; }

    /// <summary>d.</summary>
    int Dimension { get; }

    /// <summary>Copies consecutive rows; as many as <paramref name="target"/> holds.</summary>
    void Read(int start, Span<float> target);

    /// <summary>What a message calls a row.</summary>
    string Name(int row);
}

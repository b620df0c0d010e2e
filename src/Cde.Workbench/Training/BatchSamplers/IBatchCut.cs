namespace Cde.Workbench.Training.BatchSamplers;

/// <summary>A run of rows cut into batches.</summary>
internal interface IBatchCut
{
    /// <summary>How many batches.</summary>
    long Count { get; }

    /// <summary>The rows of a batch, in a new array.</summary>
    long[] Batch(long batch);
}

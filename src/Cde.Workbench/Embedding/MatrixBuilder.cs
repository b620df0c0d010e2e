using System.Runtime.InteropServices;

namespace Cde.Workbench.Embedding;

/// <summary>Takes the rows of a matrix window by window, in order, and gives the finished matrix.</summary>
internal abstract class MatrixBuilder : IDisposable
{
    /// <summary>How many rows from the start are there already, from an earlier run.</summary>
    public virtual int FinishedRows => 0;

    /// <summary>Builds in memory up to a size, above it in a temporary file that goes when the matrix is disposed.</summary>
    public static MatrixBuilder Create(int count, int dimension, Func<int, string> id, EmbeddingProvenance provenance, long memoryBytes) =>
        (long)count * dimension * sizeof(float) <= Math.Min(memoryBytes, Array.MaxLength)
            ? new InMemory(count, dimension, id, provenance)
            : new InTemporaryFile(count, dimension, id, provenance);

    /// <summary>Fills <paramref name="window"/> with what an interrupted run had of it.</summary>
    /// <returns>How many batches of the plan are in it.</returns>
    public virtual int Resume(int start, string planHash, Span<float> window) => 0;

    /// <summary>Writes down a window that is not finished, where the builder outlives the run.</summary>
    public virtual void Checkpoint(int start, int batchesDone, string planHash, ReadOnlySpan<float> window)
    {
    }

    /// <summary>Writes a finished window.</summary>
    public abstract void Write(int start, ReadOnlySpan<float> window);

    /// <summary>The matrix, once every row is written.</summary>
    public abstract EmbeddingMatrix Complete();

    /// <summary>Lets go of what was not completed.</summary>
    public virtual void Dispose()
    {
    }

    private sealed class InMemory(int count, int dimension, Func<int, string> id, EmbeddingProvenance provenance) : MatrixBuilder
    {
        private readonly float[] _values = new float[count * dimension];

        public override void Write(int start, ReadOnlySpan<float> window) => window.CopyTo(_values.AsSpan(start * dimension));

        public override EmbeddingMatrix Complete()
        {
            var ids = new string[count];
            for (var row = 0; row < count; row++)
                ids[row] = id(row);
            return EmbeddingMatrix.FromRows(ids, _values, dimension, provenance);
        }
    }

    private sealed class InTemporaryFile : MatrixBuilder
    {
        private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".safetensors");
        private FileStream? _stream;

        public InTemporaryFile(int count, int dimension, Func<int, string> id, EmbeddingProvenance provenance)
        {
            _stream = new FileStream(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16);
            _stream.Position = EmbeddingMatrixFile.WriteFrame(_stream, count, dimension, id, provenance);
        }

        public override void Write(int start, ReadOnlySpan<float> window) => _stream!.Write(MemoryMarshal.AsBytes(window));

        public override EmbeddingMatrix Complete()
        {
            _stream!.Dispose();
            _stream = null;
            return EmbeddingMatrixFile.Open(_path, deleteOnDispose: true);
        }

        public override void Dispose()
        {
            if (_stream is null)
                return;
            _stream.Dispose();
            File.Delete(_path);
        }
    }
}

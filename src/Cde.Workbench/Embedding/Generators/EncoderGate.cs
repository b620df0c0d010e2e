using System.Runtime.CompilerServices;

namespace Cde.Workbench.Embedding.Generators;

/// <summary>
/// Lets one caller at a time use an encoder, whichever embedder it comes through: encoders are called on one thread at a time. A text that waits holds nothing, so no
/// two callers wait for each other.
/// </summary>
internal sealed class EncoderGate
{
    private static readonly ConditionalWeakTable<object, EncoderGate> Gates = [];
    private static long _made;
    private readonly SemaphoreSlim _free = new(1, 1);
    private readonly long _number = Interlocked.Increment(ref _made);

    /// <summary>The gates that an embedder's callers pass, in the one order in which every caller takes them.</summary>
    public static IReadOnlyList<EncoderGate> Of(ITextEmbedder embedder) => [.. Encoders(embedder).Select(encoder => Gates.GetOrCreateValue(encoder)).Distinct().OrderBy(gate => gate._number)];

    /// <summary>Waits until every gate is free, and takes them.</summary>
    /// <returns>Frees them when it is disposed of.</returns>
    /// <exception cref="OperationCanceledException">Cancelled while it waited; none is taken.</exception>
    public static async Task<IDisposable> EnterAsync(IReadOnlyList<EncoderGate> gates, CancellationToken cancellationToken)
    {
        var pass = new Pass();
        try
        {
            foreach (var gate in gates)
            {
                await gate._free.WaitAsync(cancellationToken).ConfigureAwait(false);
                pass.Taken.Push(gate._free);
            }

            return pass;
        }
        catch
        {
            pass.Dispose();
            throw;
        }
    }

    private static IEnumerable<object> Encoders(ITextEmbedder embedder) => embedder switch
    {
        EncoderEmbedder single => [single.Encoder],
        ConcatenatedEmbedder several => several.Parts.SelectMany(Encoders),
        _ => [embedder],
    };

    private sealed class Pass : IDisposable
    {
        public Stack<SemaphoreSlim> Taken { get; } = new();

        public void Dispose()
        {
            while (Taken.TryPop(out var taken))
                taken.Release();
        }
    }
}

using System.Text.Json;
using Cde.Workbench;

namespace Cde.Kernels.Commands;

/// <summary>Why something failed, for people.</summary>
public static class FailureReason
{
    /// <summary>Whether users can act on a failure: its message tells what to do.</summary>
    public static bool IsKnown(Exception failure) => failure is CdeException or JsonException or IOException or UnauthorizedAccessException or OutOfMemoryException
        or DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException };

    /// <summary>The reason of a failure in one line. What users cannot act on names its type.</summary>
    public static string Of(Exception failure) => failure switch
    {
        CdeException told => OneLine(told.Message),
        DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException } =>
            OneLine((failure.InnerException as DllNotFoundException ?? failure).Message),
        JsonException or IOException or UnauthorizedAccessException => OneLine(failure.Message),
        OutOfMemoryException => "out of memory: take a smaller batch, corpus or model",
        _ => $"{failure.GetType().Name}: {OneLine(failure.Message)}",
    };

    /// <summary>A text of several lines as one.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}

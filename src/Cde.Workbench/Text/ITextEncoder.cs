namespace Cde.Workbench.Text;

/// <summary>One thread's pass from text to ids, with its buffers.</summary>
internal interface ITextEncoder
{
    /// <summary>The ids so far.</summary>
    IdBuffer Ids { get; }

    /// <summary>Adds the ids of a prompt and a text, without special tokens of its own.</summary>
    /// <param name="prompt">Joined to the text without a blank.</param>
    /// <param name="text">The text.</param>
    /// <param name="limit">The most ids to add.</param>
    void Append(string prompt, string text, int limit);
}

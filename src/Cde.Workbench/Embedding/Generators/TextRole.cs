namespace Cde.Workbench.Embedding.Generators;

/// <summary>What the texts of a generator are, and so which of the model's prompts they get.</summary>
public enum TextRole
{
    /// <summary>What is searched: the prompt "document", where the model has one.</summary>
    Document,

    /// <summary>What is asked: the prompt "query", where the model has one.</summary>
    Query,
}

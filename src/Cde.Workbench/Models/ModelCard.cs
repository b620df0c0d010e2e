namespace Cde.Workbench.Models;

/// <summary>What is known about a model before it is loaded.</summary>
/// <param name="Name">The name commands take.</param>
/// <param name="What">One line: kind, size, what it is for.</param>
/// <param name="Dimension">Width of its vectors.</param>
/// <param name="Repository">Where a hub has it; null for a model that ships with the project.</param>
/// <param name="QueryPrompt">Put in front of queries where the folder itself names no prompts; null for none.</param>
/// <param name="DocumentPrompt">Put in front of documents, likewise.</param>
public sealed record ModelCard(string Name, string What, int Dimension, string? Repository = null, string? QueryPrompt = null, string? DocumentPrompt = null);

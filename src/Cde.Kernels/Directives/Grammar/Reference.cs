using Cde.Kernels.Languages;

namespace Cde.Kernels.Directives;

/// <summary>A value that a directive's line does not hold itself.</summary>
public abstract record Reference;

/// <summary>A variable: <c>@name</c> or <c>@language:name</c>.</summary>
/// <param name="Variable">Its name, and its language; the cell's language at that line where that is null.</param>
public sealed record VariableReference(ValueReference Variable) : Reference;

/// <summary>A question to the person at the front end: <c>@input</c>, <c>@password</c>, with a prompt as text or as <c>{"prompt": ...}</c>.</summary>
/// <param name="Prompt">What to ask; the option's name where empty.</param>
/// <param name="IsPassword">What is typed is not shown.</param>
public sealed record InputReference(string Prompt, bool IsPassword) : Reference;

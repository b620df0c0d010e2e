namespace Cde.Kernels.Displays;

/// <summary>The calls of notebooks of .NET Interactive that name their class: <c>await Kernel.GetInputAsync(...)</c>, <c>Kernel.display(x)</c>.</summary>
public static class Kernel
{
    /// <inheritdoc cref="Notebook.GetInputAsync"/>
    public static Task<string> GetInputAsync(string prompt = "") => Notebook.GetInputAsync(prompt);

    /// <inheritdoc cref="Notebook.GetPasswordAsync"/>
    public static Task<string> GetPasswordAsync(string prompt = "Password:") => Notebook.GetPasswordAsync(prompt);

    /// <inheritdoc cref="Notebook.display"/>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Style", "IDE1006", Justification = "The name that notebooks know.")]
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Notebook.display(value, mimeTypes);

    /// <inheritdoc cref="Notebook.HTML"/>
    public static Html HTML(string markup) => Notebook.HTML(markup);

    /// <inheritdoc cref="Notebook.Javascript"/>
    public static void Javascript(string script) => Notebook.Javascript(script);
}

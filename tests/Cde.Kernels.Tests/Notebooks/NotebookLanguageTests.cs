using System.Text;
using Cde.Kernels.Notebooks;

namespace Cde.Kernels.Tests.Notebooks;

public class NotebookLanguageTests
{
    [Theory]
    [InlineData("""{}""", "csharp")]
    [InlineData("""{"kernelspec": {"language": "C#"}}""", "csharp")]
    [InlineData("""{"kernelspec": {"language": "F#"}}""", "fsharp")]
    [InlineData("""{"kernelspec": {"language": "python"}}""", "python")]
    [InlineData("""{"language_info": {"name": "polyglot-notebook"}}""", "csharp")]
    [InlineData("""{"language_info": {"name": "F#"}}""", "fsharp")]
    [InlineData("""{"kernelspec": {"language": "C#"}, "dotnet_interactive": {"defaultKernelName": "sql"}}""", "sql")]
    [InlineData("""{"dotnet_interactive": {"defaultKernelName": "sql"}, "polyglot_notebook": {"defaultKernelName": "html"}}""", "html")]
    [InlineData("""{"polyglot_notebook": {"defaultKernelName": "html", "kernelInfo": {"defaultKernelName": "fsharp"}}}""", "fsharp")]
    [InlineData("""{"polyglot_notebook": 3, "kernelspec": "C#"}""", "csharp")]
    public void The_default_language_is_the_one_the_metadata_names_first(string metadata, string expected) =>
        Assert.Equal(expected, Read(metadata, "{}", "1").DefaultLanguage);

    [Theory]
    [InlineData("""{}""", "1", "csharp")]
    [InlineData("""{}""", "#!fsharp\n1", "fsharp")]
    [InlineData("""{}""", "#!f#", "fsharp")]
    [InlineData("""{}""", "#!time\n1", "csharp")]
    [InlineData("""{}""", "#!fsharp --option\n1", "csharp")]
    [InlineData("""{"dotnet_interactive": {"language": "sql"}}""", "#!fsharp\n1", "sql")]
    [InlineData("""{"dotnet_interactive": {"language": "sql"}, "polyglot_notebook": {"kernelName": "html"}}""", "1", "html")]
    [InlineData("""{"vscode": {"languageId": "javascript"}}""", "1", "javascript")]
    [InlineData("""{"vscode": {"languageId": "polyglot-notebook"}}""", "1", "csharp")]
    public void A_cells_language_is_its_metadatas_then_its_selectors_then_the_notebooks(string metadata, string source, string expected)
    {
        var notebook = Read("{}", metadata, source);

        Assert.Equal(expected, notebook.LanguageOf(notebook.Cells[0]));
    }

    private static NotebookDocument Read(string metadata, string cellMetadata, string source) => IpynbReader.Read(
        Encoding.UTF8.GetBytes($$"""{"nbformat": 4, "metadata": {{metadata}}, "cells": [{"cell_type": "code", "metadata": {{cellMetadata}}, "source": "{{source.Replace("\n", "\\n", StringComparison.Ordinal)}}"}]}"""), "n");
}

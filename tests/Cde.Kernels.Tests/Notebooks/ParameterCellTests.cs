using System.Text.Json.Nodes;
using Cde.Kernels.Commands;
using Cde.Kernels.Notebooks;
using Cde.Workbench;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Cde.Kernels.Tests.Notebooks;

public class ParameterCellTests
{
    private const string CSharp =
        """
        #!csharp
        // what is run
        string corpus = "dotnet-api";
        var model = "cde-mini";
        int seed = 1, steps = 100;
        var rate = 0.5;
        float warm = 0.1f;
        decimal price = 1.5m;
        bool quick = true;
        const int Top = 10;
        int[] ks = { 1, 10 };
        var when = DateTime.MinValue;
        double? limit = null;
        """;

    private const string FSharp =
        """
        let corpus = "dotnet-api"
        let mutable seed = 1
        let rate = 0.5
        let size: float32 = 2.0f
        let quick = true
        let ks = [1; 10]
        """;

    private static readonly List<MetadataReference> References = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Collections.dll" or "System.Private.CoreLib.dll").Select(path => MetadataReference.CreateFromFile(path))];

    [Theory]
    [InlineData("corpus=cranfield", "corpus = \"cranfield\";")]
    [InlineData("corpus=007", "corpus = \"007\";")]
    [InlineData("model=a \"b\" \\c", "model = \"a \\\"b\\\" \\\\c\";")]
    [InlineData("model=\"quoted\"", "model = \"quoted\";")]
    [InlineData("model=", "model = \"\";")]
    [InlineData("seed=007", "seed = 7;")]
    [InlineData("steps=-5", "steps = -5;")]
    [InlineData("rate=1", "rate = 1d;")]
    [InlineData("rate=1e-3", "rate = 1e-3d;")]
    [InlineData("rate=.5", "rate = 0.5d;")]
    [InlineData("warm=0.25", "warm = 0.25f;")]
    [InlineData("price=2", "price = 2m;")]
    [InlineData("quick=false", "quick = false;")]
    [InlineData("Top=5", "const int Top = 5;")]
    [InlineData("ks=[1, 2]", "ks = [1, 2];")]
    [InlineData("limit=2.5", "limit = 2.5d;")]
    public void A_value_takes_the_kind_of_its_CSharp_declaration(string given, string expected)
    {
        var source = Injected("csharp", CSharp, given);

        Assert.Equal($"#!csharp\n// Parameters\n{expected}", source);
        Assert.Empty(Errors(CSharp[9..], source[9..]));
    }

    [Theory]
    [InlineData("corpus=cran\"field", "let corpus = \"cran\\\"field\"")]
    [InlineData("seed=2", "let mutable seed = 2")]
    [InlineData("rate=1", "let rate = 1.0")]
    [InlineData("size=3", "let size: float32 = 3.0f")]
    [InlineData("quick=false", "let quick = false")]
    [InlineData("ks=[1, 2.5]", "let ks = [1.0; 2.5]")]
    public void A_value_takes_the_kind_of_its_FSharp_binding(string given, string expected) =>
        Assert.Equal($"// Parameters\n{expected}", Injected("fsharp", FSharp, given));

    [Theory]
    [InlineData("a=1", "var a = 1;")]
    [InlineData("a=-1.5", "var a = -1.5;")]
    [InlineData("a=true", "var a = true;")]
    [InlineData("a=null", "object a = null;")]
    [InlineData("a=2026-11-20", "var a = \"2026-11-20\";")]
    [InlineData("a=007", "var a = \"007\";")]
    [InlineData("a=[1, 2]", "var a = new int[] { 1, 2 };")]
    [InlineData("a=[1, 3000000000]", "var a = new long[] { 1, 3000000000 };")]
    [InlineData("a=[1, 2.5]", "var a = new double[] { 1, 2.5 };")]
    [InlineData("a=[\"x\", \"y\"]", "var a = new string[] { \"x\", \"y\" };")]
    [InlineData("a=[1, null]", "var a = new object[] { 1, null };")]
    [InlineData("a={\"b\": [1], \"c\": false}", "var a = new Dictionary<string, object> { [\"b\"] = new int[] { 1 }, [\"c\"] = false };")]
    [InlineData("a={broken", "var a = \"{broken\";")]
    [InlineData("a=b=c", "var a = \"b=c\";")]
    public void Without_a_parameters_cell_a_value_is_what_it_looks_like_and_comes_first(string given, string expected)
    {
        var notebook = new NotebookDocument();
        notebook.Cells.Add(new NotebookCell(CellKind.Markdown, "# Title"));

        ParameterCell.Inject(notebook, GivenParameter.Parse([given]), "n.ipynb");

        Assert.Equal($"// Parameters\n{expected}", notebook.Cells[0].Source);
        Assert.Empty(Errors("using System.Collections.Generic;", expected));
    }

    [Theory]
    [InlineData("sed=1", "--param sed=1: n.ipynb has no parameter sed (did you mean seed?)")]
    [InlineData("seed=x", "--param seed=x: seed is a whole number in the parameters cell")]
    [InlineData("seed=1.5", "--param seed=1.5: seed is a whole number in the parameters cell")]
    [InlineData("rate=fast", "--param rate=fast: rate is a number in the parameters cell")]
    [InlineData("quick=yes", "--param quick=yes: quick is true or false in the parameters cell")]
    public void A_wrong_parameter_is_refused_with_what_is_right(string given, string expected) =>
        Assert.Equal(expected, Assert.Throws<UsageException>(() => Injected("csharp", CSharp, given)).Message);

    [Theory]
    [InlineData("seed", "--param seed: expected name=value")]
    [InlineData("=1", "--param =1: \"\" is no name for a variable")]
    [InlineData("1a=1", "--param 1a=1: \"1a\" is no name for a variable")]
    [InlineData("a b=1", "--param a b=1: \"a b\" is no name for a variable")]
    public void What_is_no_parameter_is_refused(string given, string expected) =>
        Assert.Equal(expected, Assert.Throws<UsageException>(() => GivenParameter.Parse([given])).Message);

    [Fact]
    public void The_check_of_injected_lines_finds_what_does_not_compile() => Assert.Single(Errors(CSharp[9..], "seed = \"text\";"));

    [Fact]
    public void A_parameter_given_twice_is_refused() =>
        Assert.Equal("--param a=2: a is given twice", Assert.Throws<UsageException>(() => GivenParameter.Parse(["a=1", "a=2"])).Message);

    [Fact]
    public void The_new_cell_stands_behind_the_parameters_and_replaces_that_of_an_earlier_run()
    {
        var notebook = Notebook("csharp", CSharp);
        notebook.Cells.Insert(0, new NotebookCell(CellKind.Markdown, "# Title"));
        notebook.Cells.Add(new NotebookCell(CellKind.Code, "seed"));

        ParameterCell.Inject(notebook, GivenParameter.Parse(["seed=2"]), "n");
        var cell = ParameterCell.Inject(notebook, GivenParameter.Parse(["seed=3", "rate=2"]), "n");

        Assert.Equal(4, notebook.Cells.Count);
        Assert.Same(cell, notebook.Cells[2]);
        Assert.Equal("#!csharp\n// Parameters\nseed = 3;\nrate = 2d;", cell!.Source);
        Assert.Equal(["injected-parameters"], cell.Tags);
    }

    [Fact]
    public void A_language_without_parameters_is_refused_by_name() =>
        Assert.Equal(
            "n.ipynb cell [1] \"select 1\": parameters in sql cannot be set; a parameters cell is C# or F#",
            Assert.Throws<CdeException>(() => Injected("sql", "select 1", "a=1")).Message);

    [Fact]
    public void Nothing_given_changes_nothing()
    {
        var notebook = Notebook("csharp", CSharp);

        Assert.Null(ParameterCell.Inject(notebook, [], "n"));
        Assert.Single(notebook.Cells);
    }

    private static string Injected(string language, string source, string given) =>
        ParameterCell.Inject(Notebook(language, source), GivenParameter.Parse([given]), "n.ipynb")!.Source;

    private static NotebookDocument Notebook(string language, string source)
    {
        var notebook = new NotebookDocument();
        var cell = new NotebookCell(CellKind.Code, source, language);
        cell.Metadata["tags"] = new JsonArray("parameters");
        notebook.Cells.Add(cell);
        return notebook;
    }

    /// <summary>What the compiler says of the second piece of script when it goes on from the first.</summary>
    private static IEnumerable<Diagnostic> Errors(string first, string second)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, kind: SourceCodeKind.Script);
        var compilation = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, usings: ["System", "System.Collections.Generic"]);
        var before = CSharpCompilation.CreateScriptCompilation("a", CSharpSyntaxTree.ParseText(first, options), References, compilation);
        var after = CSharpCompilation.CreateScriptCompilation("b", CSharpSyntaxTree.ParseText(second, options), References, compilation, before);
        return after.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}

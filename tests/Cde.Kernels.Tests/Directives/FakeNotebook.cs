using Cde.Kernels.Cells;
using Cde.Kernels.Directives;
using Cde.Kernels.Hosting;
using Cde.Kernels.Languages;
using Cde.Kernels.Shell;
using Cde.Workbench;

namespace Cde.Kernels.Tests.Directives;

/// <summary>A notebook with fake languages that runs cells the way the engine does.</summary>
internal sealed class FakeNotebook : IDirectiveHost, IDisposable
{
    private readonly List<ILanguage> _languages = [new FakeLanguage("csharp", "c#", "cs"), new FakeLanguage("fsharp", "f#"), new FakeLanguage("markdown", "md"), new FakeLanguage("shell", "sh")];

    public IReadOnlyList<ILanguage> Languages => _languages;

    public DirectiveCatalog Directives { get; private init; } = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("cde-notebook-").FullName;

    public ShownOutput Output { get; } = new();

    public Session Session { get; } = new(new ShellDisplay(TextWriter.Null, TextWriter.Null, false, true));

    public FakeLanguage CSharp => (FakeLanguage)_languages[0];

    public FakeLanguage FSharp => (FakeLanguage)_languages[1];

    /// <summary>A notebook with the magics that every notebook has, and values.</summary>
    public static FakeNotebook Standard()
    {
        var notebook = new FakeNotebook { Directives = StandardDirectives.Create() };
        notebook.Add(new ValueLanguage());
        return notebook;
    }

    public void Add(ILanguage language)
    {
        _languages.RemoveAll(present => present.Name == language.Name);
        _languages.Add(language);
    }

    public IReadOnlyList<CellPart> Parse(string code, string? language = null) => new CellParser(this).Parse(new CellRequest(code) { Language = language });

    public Task RunAsync(string code) => RunAsync(new CellRequest(code), null!);

    public async Task RunAsync(CellRequest cell, CellContext within)
    {
        var endings = new CellEndings();
        try
        {
            foreach (var part in new CellParser(this).Parse(cell))
            {
                var context = new CellContext(cell, Output, Session, TestContext.Current.CancellationToken) { LinesBefore = part.Line - 1, SelectorArguments = (part as CodePart)?.SelectorArguments ?? "" };
                if (part is CodePart code)
                    await (LanguageCatalog.TryFind(_languages, code.Language) ?? throw new CdeException(code.Language)).RunAsync(code.Code, context);
                else
                    await DirectiveRunner.RunAsync((DirectivePart)part, context, this, endings);
            }
        }
        finally
        {
            endings.Run();
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

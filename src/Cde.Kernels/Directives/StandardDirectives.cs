namespace Cde.Kernels.Directives;

/// <summary>The magics that every notebook has.</summary>
public static class StandardDirectives
{
    /// <summary>A catalog of them. A new magic is one file and one line here.</summary>
    public static DirectiveCatalog Create() => new DirectiveCatalog()
        .Add(new CdeDirective())
        .Add(new SetDirective())
        .Add(new ShareDirective())
        .Add(new ValueDirective())
        .Add(new WhoDirective())
        .Add(new WhosDirective())
        .Add(new TimeDirective())
        .Add(new ImportDirective())
        .Add(new ConnectDirective())
        .Add(new HelpDirective())
        .Add(new LsMagicDirective())
        .Add(new AboutDirective());
}

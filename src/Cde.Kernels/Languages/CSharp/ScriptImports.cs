using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp;

/// <summary>What every C# cell sees without asking, beside the base library's namespaces.</summary>
internal static class ScriptImports
{
    /// <summary>The workbench's namespaces, and the class whose static members cells call: <c>display</c> and the like.</summary>
    public static IReadOnlyList<string> Namespaces { get; } =
    [
        .. typeof(Cde.Workbench.CdeException).Assembly.GetExportedTypes().Select(type => type.Namespace).OfType<string>()
            .Where(name => name.StartsWith("Cde.Workbench", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal),
        "Cde.Kernels.Commands",
        "Cde.Kernels.Displays",
        "Cde.Kernels.Hosting",
        typeof(Displays.Notebook).FullName!,
    ];

    /// <summary>An unawaited task is worth a word; everything else that is no error is not.</summary>
    public static IReadOnlyDictionary<string, ReportDiagnostic> Diagnostics { get; } = new Dictionary<string, ReportDiagnostic>
    {
        ["CS1701"] = ReportDiagnostic.Suppress, // an assembly version that is unified
        ["CS1702"] = ReportDiagnostic.Suppress,
        ["CS1705"] = ReportDiagnostic.Suppress,
    };
}

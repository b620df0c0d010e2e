using Cde.Kernels.Displays;
using Cde.Workbench;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>The namespaces that every cell sees without a <c>using</c>.</summary>
internal static class DefaultUsings
{
    private static readonly string[] Framework =
    [
        "System", "System.Collections", "System.Collections.Generic", "System.IO", "System.Linq", "System.Text", "System.Threading", "System.Threading.Tasks",
    ];

    private static readonly string[] Kernel = ["Cde.Kernels.Hosting", "Cde.Kernels.Displays", "Cde.Kernels.Commands"];

    // Its static members are called without a prefix: display(x).
    private static readonly string Calls = typeof(Notebook).FullName!;

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() =>
        [.. Framework, .. Kernel, Calls, .. Namespaces(typeof(CdeException)).Where(IsOfWorkbench).Order(StringComparer.Ordinal)]);

    /// <summary>The namespaces: the framework's usual ones, those of displays and commands, the class of the calls that show things, and every folder of the workbench.</summary>
    public static IReadOnlyList<string> All => Found.Value;

    // A folder inside a folder is a detail of its parent: who needs it writes the using.
    private static bool IsOfWorkbench(string name) => name.StartsWith("Cde.Workbench", StringComparison.Ordinal) && name.Count(letter => letter == '.') <= 2;

    private static IEnumerable<string> Namespaces(Type type) =>
        type.Assembly.GetExportedTypes().Select(exported => exported.Namespace).OfType<string>().Distinct();
}

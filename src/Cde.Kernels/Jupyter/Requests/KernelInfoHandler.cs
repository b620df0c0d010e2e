using System.Text.Json.Nodes;
using Cde.Kernels.Commands;

namespace Cde.Kernels.Jupyter;

/// <summary>Says what this kernel is. It needs no engine: front ends ask while the compilers still load.</summary>
internal sealed class KernelInfoHandler : IRequestHandler
{
    /// <inheritdoc/>
    public string Type => "kernel_info_request";

    /// <inheritdoc/>
    public JsonObject Handle(Request request) => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = MessageWriter.ProtocolVersion,
        ["implementation"] = "cde",
        ["implementation_version"] = Provenance.WorkbenchVersion,
        ["banner"] = $"Cde Workbench {Provenance.WorkbenchVersion}: C# (.NET {Environment.Version}), F#, SQL and more; #!lsmagic lists the magics",
        ["debugger"] = false,
        ["supported_features"] = new JsonArray("kernel subshells"),
        ["help_links"] = new JsonArray(new JsonObject
        {
            ["text"] = "C# language reference",
            ["url"] = "https://learn.microsoft.com/dotnet/csharp/",
        }),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
            ["nbconvert_exporter"] = "script",
        },
    };
}

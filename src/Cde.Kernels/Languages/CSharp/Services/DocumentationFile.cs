using System.Globalization;
using System.Xml;
using Microsoft.CodeAnalysis;

namespace Cde.Kernels.Languages.CSharp.Services;

/// <summary>The documentation file beside an assembly, read when something is first asked of it.</summary>
/// <param name="path">The XML file.</param>
internal sealed class DocumentationFile(string path) : DocumentationProvider
{
    private readonly string _path = path;
    private readonly Lazy<Dictionary<string, string>> _members = new(() => Read(path));

    /// <inheritdoc/>
    public override bool Equals(object? other) => other is DocumentationFile file && file._path == _path;

    /// <inheritdoc/>
    public override int GetHashCode() => _path.GetHashCode(StringComparison.Ordinal);

    /// <summary>The XML of a member by its documentation id, such as <c>T:System.String</c>; empty where the file has none.</summary>
    public string Find(string id) => _members.Value.GetValueOrDefault(id, "");

    /// <inheritdoc/>
    protected override string GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        Find(documentationMemberID);

    private static Dictionary<string, string> Read(string path)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true });
            while (reader.ReadToFollowing("member"))
            {
                if (reader.GetAttribute("name") is { } name)
                    members.TryAdd(name, reader.ReadOuterXml());
            }
        }
        catch (Exception damage) when (damage is XmlException or IOException or UnauthorizedAccessException)
        {
            // What was read up to there still explains something; a file that cannot be read explains nothing.
        }

        return members;
    }
}

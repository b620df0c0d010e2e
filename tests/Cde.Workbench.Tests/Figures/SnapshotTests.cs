using System.Text.RegularExpressions;
using System.Xml.Linq;
using Cde.Testing;

namespace Cde.Workbench.Tests.Figures;

/// <summary>Every figure's drawing and text, as they were looked at and found right.</summary>
public sealed partial class SnapshotTests
{
    /// <summary>Where it is set to 1, the files are written instead of compared: look at them before they are committed.</summary>
    private const string RenewVariable = "CDE_RENEW_FIGURES";

    private static readonly string Folder = Path.Combine(TestFolders.Fixtures, "figures");

    public static TheoryData<string> Names => [.. FigureExamples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Drawing_isAsItWas(string name) => AssertSame(name + ".svg", FigureExamples.All[name]().ToSvg());

    [Theory]
    [MemberData(nameof(Names))]
    public void Text_isAsItWas(string name) => AssertSame(name + ".txt", FigureExamples.All[name]().ToText());

    [Theory]
    [MemberData(nameof(Names))]
    public void Drawing_isOneElementWithATitle_withoutIdsOrOutsideReferences(string name)
    {
        var svg = XElement.Parse(FigureExamples.All[name]().ToSvg());

        Assert.Equal("svg", svg.Name.LocalName);
        Assert.Equal(FigureExamples.All[name]().Title, svg.Elements().First(element => element.Name.LocalName == "title").Value);
        Assert.Empty(svg.DescendantsAndSelf().Attributes("id"));
        Assert.DoesNotContain(svg.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" && !attribute.Value.StartsWith("data:", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_file_belongs_to_a_figure() =>
        Assert.Equal(FigureExamples.All.Keys.Order(), Directory.GetFiles(Folder, "*.svg").Select(Path.GetFileNameWithoutExtension).Order());

    private static void AssertSame(string file, string drawn)
    {
        drawn = Packed().Replace(drawn, "base64,(as zlib packs it)");
        var path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable(RenewVariable) == "1")
            File.WriteAllText(path, drawn + "\n");
        Assert.True(File.Exists(path), $"{path} is missing: {RenewVariable}=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), drawn + "\n");
    }

    // How small a picture is packed differs between versions of zlib; its pixels have a test of their own.
    [GeneratedRegex("base64,[A-Za-z0-9+/=]*")]
    private static partial Regex Packed();
}

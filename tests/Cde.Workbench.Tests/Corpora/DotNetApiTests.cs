using Cde.Testing;
using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public sealed class DotNetApiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Documents_have_signature_parameters_and_returns_and_never_the_query()
    {
        WritePack("Microsoft.NETCore.App.Ref", "10.0.1", "Sample", """
            <member name="T:Sample.Box`1"><summary>Holds one <b>value</b> of any kind.</summary><typeparam name="TValue">The kind.</typeparam></member>
            <member name="M:Sample.Box`1.Put(`0,System.Int32)">
              <summary>Puts a <see cref="T:System.String"/> into
                 the <see langword="null"/> box.</summary>
              <param name="value">What to put.</param>
              <param name="place">Puts a String into the null box here.</param>
              <returns>The <paramref name="value"/> before.</returns>
              <remarks>Never read.</remarks>
            </member>
            <member name="P:Sample.Box`1.Size"><summary>Gets the size in bytes. Not in characters.</summary></member>
            <member name="P:Sample.Box`1.Name"><summary>The name.</summary></member>
            <member name="P:Sample.Box`1.Tag"><inheritdoc/></member>
            """);
        WritePack("Microsoft.AspNetCore.App.Ref", "10.0.1", "Other", "");
        var assembly = Assert.Single(Load().Assemblies);
        Assert.Equal(
        [
            new Document("T:Sample.Box`1", "TValue: The kind.", "Box<TValue>"),
            new Document("M:Sample.Box`1.Put(`0,System.Int32)", "value: What to put. place Returns: The value before.", "Box<TValue>.Put(TValue, Int32)"),
            new Document("P:Sample.Box`1.Size", "property", "Box<TValue>.Size"),
        ], assembly.Corpus);
        Assert.Equal(
            ["Holds one value of any kind.", "Puts a String into the null box.", "Gets the size in bytes."],
            assembly.Task.Queries.Select(query => query.Text));
        Assert.Equal(["P:Sample.Box`1.Size"], assembly.Task.Qrels["Sample/3"].Keys);
        Assert.Equal(CorpusHash.Of(assembly.Corpus), assembly.Hash);
    }

    [Fact]
    public void Fields_say_assembly_declaring_type_and_kind()
    {
        WritePacks("Sample", """
            <member name="T:Sample.Box"><summary>Holds one value of any kind.</summary></member>
            <member name="M:Sample.Box.#ctor(System.Int32)"><summary>Makes a box of the given size.</summary></member>
            <member name="P:Sample.Box.Size"><summary>Gets the size in bytes.</summary></member>
            """);
        foreach (var corpus in new[] { Load().Corpus, Load().Assembly("Sample").Corpus })
        {
            Assert.Equal(["assembly", "type", "kind"], corpus.Fields);
            Assert.Equal(["type", "constructor", "property"], Enumerable.Range(0, 3).Select(index => corpus.GetField(index, "kind")));
            Assert.Equal(["Sample.Box", "Sample.Box", "Sample.Box"], Enumerable.Range(0, 3).Select(index => corpus.GetField(index, "type")));
            Assert.Equal("Sample", corpus.GetField(2, "assembly"));
        }
    }

    [Fact]
    public void Overloads_that_share_the_sentence_share_the_query()
    {
        WritePacks("Sample", """
            <member name="M:S.A.Go(System.Int32)"><summary>Goes to the given place.</summary></member>
            <member name="M:S.A.Go(System.String)"><summary>Goes to the given place.</summary></member>
            """);
        var assembly = Load().Assembly("Sample");
        Assert.Equal(2, assembly.Task.Qrels[Assert.Single(assembly.Task.Queries).Id].Count);
        Assert.Equal(2, assembly.Pairs.Count);
        Assert.Equal(["A.Go(Int32) method", "A.Go(String) method"], Assert.Single(assembly.TrainingExamples).Positives);
    }

    [Fact]
    public void Member_in_several_assemblies_counts_once_and_held_out_assemblies_come_first()
    {
        const string Shared = """<member name="T:S.Shared"><summary>Stands in several places here.</summary></member>""";
        WritePacks("A", Shared + """<member name="T:S.Own"><summary>Stands in one place only.</summary></member>""");
        WritePacks("System.Net.Mail", Shared);
        WritePacks("B", Shared);
        var dataset = Load();
        Assert.Equal(["A", "System.Net.Mail"], dataset.Assemblies.Select(assembly => assembly.Name));
        Assert.Equal(["T:S.Own"], dataset.Assembly("A").Corpus.Select(document => document.Id));
        Assert.Equal(["A"], dataset.Training.Select(assembly => assembly.Name));
        Assert.True(dataset.Assembly("System.Net.Mail").IsHeldOut);
        Assert.Throws<InvalidOperationException>(() => dataset.Assembly("System.Net.Mail").TrainingExamples);
        Assert.Equal(2, dataset.Task.Corpus.Count);
    }

    [Fact]
    public void Highest_version_of_10_0_is_read_and_an_assembly_in_both_packs_is_taken_from_the_first()
    {
        WritePack("Microsoft.NETCore.App.Ref", "10.0.9", "A", Type("T:S.Old"));
        WritePack("Microsoft.NETCore.App.Ref", "10.0.12", "A", Type("T:S.New"));
        WritePack("Microsoft.NETCore.App.Ref", "10.0.12-rc.1", "A", Type("T:S.Candidate"));
        WritePack("Microsoft.NETCore.App.Ref", "11.0.0", "A", Type("T:S.Later"));
        WritePack("Microsoft.AspNetCore.App.Ref", "10.0.12", "A", Type("T:S.Web"));
        Assert.Equal(["T:S.New"], Load().Assembly("A").Corpus.Select(document => document.Id));
    }

    [Fact]
    public void Second_load_comes_from_the_cache_and_a_damaged_or_stale_cache_is_made_again()
    {
        WritePacks("A", Type("T:S.One"));
        var hash = Load().Hash;
        var cache = Assert.Single(Directory.GetFiles(_folder["cache"]));
        var written = File.GetLastWriteTimeUtc(cache);
        Assert.Equal(hash, Load().Hash);
        Assert.Equal(written, File.GetLastWriteTimeUtc(cache));

        var bytes = File.ReadAllBytes(cache);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(cache, bytes);
        Assert.Equal(hash, Load().Hash);
        Assert.Equal(["T:S.One"], Load().Assembly("A").Corpus.Select(document => document.Id));

        WritePacks("A", Type("T:S.Two"));
        Assert.NotEqual(hash, Load().Hash);
        Assert.Equal(["T:S.Two"], Load().Assembly("A").Corpus.Select(document => document.Id));
    }

    [Fact]
    public void Cache_that_cannot_be_written_does_not_matter()
    {
        WritePacks("A", Type("T:S.One"));
        var blocked = _folder.Write("blocked", "a file where the folder should be");
        Assert.Single(DotNetApi.Load(_folder["dotnet"], blocked, null, default).Assemblies);
    }

    [Fact]
    public void Missing_packs_are_told_in_one_line_with_the_way_out()
    {
        var failure = Assert.Throws<CdeException>(() => DotNetApi.Load(_folder["nowhere"]));
        Assert.Contains(_folder["nowhere"], failure.Message);
        Assert.EndsWith("install the .NET 10 SDK (dotnet-sdk-10.0), or set DOTNET_ROOT to the folder where it lies", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Theory]
    [InlineData("<member name=\"T:A\"><summary>", "line ")]
    [InlineData("<member name=\"T:A\">&evil;</member>", "line ")]
    public void Damaged_documentation_is_told_by_file_and_line(string members, string expected)
    {
        WritePacks("A", members);
        var failure = Assert.Throws<CdeException>(Load);
        Assert.Contains("A.xml", failure.Message);
        Assert.Contains(expected, failure.Message);
    }

    [Fact]
    public void Unknown_assembly_offers_the_nearest()
    {
        WritePacks("System.Text.Json", Type("T:S.One"));
        Assert.EndsWith("did you mean System.Text.Json?", Assert.Throws<CdeException>(() => Load().Assembly("System.Text.Jso")).Message);
    }

    private DotNetApiDataset Load() => DotNetApi.Load(_folder["dotnet"], _folder["cache"], null, default);

    private static string Type(string id) => $"""<member name="{id}"><summary>Does this and that too.</summary></member>""";

    private void WritePacks(string assembly, string members)
    {
        WritePack("Microsoft.NETCore.App.Ref", "10.0.1", assembly, members);
        WritePack("Microsoft.AspNetCore.App.Ref", "10.0.1", assembly, members);
    }

    private void WritePack(string pack, string version, string assembly, string members) =>
        _folder.Write(
            $"dotnet/packs/{pack}/{version}/ref/net10.0/{assembly}.xml",
            $"<?xml version=\"1.0\"?>\n<doc>\n<assembly><name>{assembly}</name></assembly>\n<members>\n{members}\n</members>\n</doc>\n");
}

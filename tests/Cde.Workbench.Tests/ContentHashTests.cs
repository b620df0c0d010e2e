using Cde.Testing;

namespace Cde.Workbench.Tests;

public sealed class ContentHashTests
{
    // sha256sum of "abc" (FIPS 180-2, appendix B.1).
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Hash_of_text_bytes_and_file_is_sha256()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(Abc, ContentHash.OfText("abc"));
        Assert.Equal(Abc, ContentHash.OfBytes("abc"u8));
        Assert.Equal(Abc, ContentHash.OfFile(folder.Write("a", "abc")));
        Assert.Equal(Abc[..16], ContentHash.Short(Abc));
    }

    [Fact]
    public void OfFile_of_a_missing_file_names_it() =>
        Assert.Contains("/no/such/file", Assert.Throws<CdeException>(() => ContentHash.OfFile("/no/such/file")).Message);

    [Fact]
    public void Builder_tells_sequences_of_fields_apart()
    {
        string[] hashes =
        [
            Hash(b => b.Add("ab").Add("c")),
            Hash(b => b.Add("a").Add("bc")),
            Hash(b => b.Add("abc")),
            Hash(b => b.Add("abc").Add("")),
            Hash(b => b.Add("abc").Add((string?)null)),
        ];
        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(hashes[0], Hash(b => b.Add("ab").Add("c")));
    }

    private static string Hash(Action<ContentHashBuilder> fill)
    {
        using var builder = ContentHash.Build();
        fill(builder);
        return builder.ToHash();
    }
}

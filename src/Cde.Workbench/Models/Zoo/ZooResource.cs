namespace Cde.Workbench.Models.Zoo;

/// <summary>The data files that the library carries.</summary>
internal static class ZooResource
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(ZooResource).Assembly.GetManifestResourceStream("Zoo/" + name)
            ?? throw new InvalidOperationException($"the library was built without {name}");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

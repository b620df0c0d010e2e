using System.Runtime.Loader;
using Cde.Testing;

namespace Cde.Torch.Tests.Api;

public class TorchBackendTests(StubAssembly stub) : IClassFixture<StubAssembly>
{
    [Fact]
    public void Sources_of_the_product_use_only_what_TorchSharp_has()
    {
        var (code, output) = stub.Build("src/Cde.Kernels");

        Assert.True(code == 0, output);
    }

    [Fact]
    public void Declarations_built_from_the_list_are_those_of_the_list()
    {
        var list = ApiList.Read(Path.Combine(TestFolders.Fixtures, "api", "torchsharp-0.107.txt"));
        var types = stub.Load().GetTypes().Where(type => type.Namespace?.StartsWith("TorchSharp") == true && ApiList.IsVisible(type)).ToList();

        var differences = types.SelectMany(list.Differences).ToList();

        Assert.True(types.Count > 400);
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    [Fact]
    public void Fallbacks_offer_what_the_binding_offers()
    {
        // Namespace Cde.Torch stands twice: over the native library, and in TorchSharp's own calls.
        var (code, output) = stub.Build("src/Cde.Torch");
        Assert.True(code == 0, output);
        string file = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetDirectoryName(stub.Dll))!, "Cde.Torch.dll", SearchOption.AllDirectories).First();
        var context = new AssemblyLoadContext("fallbacks");
        context.Resolving += (_, name) => name.Name == "TorchSharp" ? context.LoadFromStream(new MemoryStream(File.ReadAllBytes(stub.Dll))) : null;
        var fallbacks = Members(context.LoadFromStream(new MemoryStream(File.ReadAllBytes(file))));

        Assert.Equal(Members(typeof(Cde.Torch.Native).Assembly), fallbacks);

        static string[] Members(System.Reflection.Assembly assembly) =>
        [
            .. assembly.GetTypes().Where(type => type.Namespace == "Cde.Torch" && ApiList.IsVisible(type))
                .SelectMany(ApiList.MembersOf).Select(member => $"{member.DeclaringType?.Name} {Signature.Of(member)}").Order(StringComparer.Ordinal),
        ];
    }
}

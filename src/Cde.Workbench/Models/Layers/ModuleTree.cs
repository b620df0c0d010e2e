using static TorchSharp.torch;

namespace Cde.Workbench.Models.Layers;

/// <summary>Registers submodules under dotted names, so that a module's parameters carry the checkpoint's names without empty modules between.</summary>
internal static class ModuleTree
{
    /// <summary>Registers <paramref name="child"/> under <paramref name="path"/> ("attention.self.query"), making the folders of the path as needed.</summary>
    public static T Add<T>(nn.Module parent, string path, T child)
        where T : nn.Module
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            parent.register_module(path, child);
            return child;
        }

        var (head, rest) = (path[..dot], path[(dot + 1)..]);
        var folder = parent.named_children().Where(entry => entry.name == head).Select(entry => entry.module).FirstOrDefault();
        if (folder is null)
        {
            folder = new Folder();
            parent.register_module(head, folder);
        }

        return Add(folder, rest, child);
    }

    private sealed class Folder() : nn.Module(nameof(Folder));
}

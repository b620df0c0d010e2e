namespace Cde.Kernels.Jupyter;

/// <summary>Where Jupyter front ends look for kernels.</summary>
internal static class JupyterFolders
{
    /// <summary>
    /// The user's own Jupyter data: <c>JUPYTER_DATA_DIR</c> where it is set, else <c>~/Library/Jupyter</c> (macOS), <c>%APPDATA%\jupyter</c>
    /// (Windows), <c>jupyter</c> in <c>XDG_DATA_HOME</c> or in <c>~/.local/share</c>.
    /// </summary>
    public static string UserData
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named)
                return Path.GetFullPath(named);
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsMacOS())
                return Path.Combine(home, "Library", "Jupyter");
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
            return Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data
                ? Path.Combine(data, "jupyter")
                : Path.Combine(home, ".local", "share", "jupyter");
        }
    }

    /// <summary>The folder of a kernel.</summary>
    /// <param name="prefix">Under this prefix's <c>share/jupyter</c>; the user's own where null.</param>
    /// <param name="name">The kernel's name.</param>
    public static string OfKernel(string? prefix, string name) =>
        Path.Combine(prefix is null ? UserData : Path.Combine(Path.GetFullPath(prefix), "share", "jupyter"), "kernels", name);
}

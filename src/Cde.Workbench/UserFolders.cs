namespace Cde.Workbench;

/// <summary>Where the workbench keeps what it can make again.</summary>
public static class UserFolders
{
    /// <summary>
    /// The cache: <c>CDE_CACHE</c> where it is set, else <c>cde</c> in <c>XDG_CACHE_HOME</c>, in <c>~/.cache</c> (Linux),
    /// <c>~/Library/Caches</c> (macOS) or <c>%LOCALAPPDATA%</c> (Windows). It may not exist yet.
    /// </summary>
    public static string Cache
    {
        get
        {
            if (Environment.GetEnvironmentVariable("CDE_CACHE") is { Length: > 0 } named)
                return Path.GetFullPath(named);
            if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg)
                return Path.Combine(xdg, "cde");
            if (OperatingSystem.IsWindows())
                return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "cde");
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (home.Length == 0)
                home = Path.GetTempPath();
            return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "cde") : Path.Combine(home, ".cache", "cde");
        }
    }
}

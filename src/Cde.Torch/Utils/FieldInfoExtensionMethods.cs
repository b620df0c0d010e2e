using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp;

/// <summary>Names of the components that a module holds in fields.</summary>
public static class FieldInfoExtensionMethods
{
    /// <summary>The name under which a module registers a field: that of its attribute, else its own.</summary>
    public static string ComponentName(this FieldInfo field) =>
        field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
}

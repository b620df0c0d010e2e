namespace TorchSharp.Utils;

/// <summary>Gives a field of a module another name in the state dictionary than its own.</summary>
public class ComponentNameAttribute : Attribute
{
    /// <summary>Makes an attribute without a name.</summary>
    public ComponentNameAttribute()
    {
    }

    /// <summary>The name in the state dictionary.</summary>
    public string Name { get; set; } = "";
}

using Cde.Kernels.Cells;
using Mono.Cecil;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>The interrupt points as one module refers to them.</summary>
/// <param name="module">The module.</param>
internal sealed class PointReferences(ModuleDefinition module)
{
    private readonly Dictionary<(string Name, string Type), MethodReference> _awaits = [];

    /// <summary><see cref="InterruptPoints.Poll"/>.</summary>
    public MethodReference Poll { get; } = Import(module, nameof(InterruptPoints.Poll));

    /// <summary><see cref="InterruptPoints.PollAsync"/>.</summary>
    public MethodReference PollAsync { get; } = Import(module, nameof(InterruptPoints.PollAsync));

    /// <summary><see cref="InterruptPoints.Enter"/>.</summary>
    public MethodReference Enter { get; } = Import(module, nameof(InterruptPoints.Enter));

    /// <summary><see cref="InterruptPoints.Catch"/>.</summary>
    public MethodReference Catch { get; } = Import(module, nameof(InterruptPoints.Catch));

    /// <summary>The stand-in of <see cref="AwaitPoints"/> for a method of a task; null for other methods.</summary>
    /// <param name="called">The called method.</param>
    public MethodReference? StandIn(MethodReference called)
    {
        if (called.Name is not (nameof(Task.GetAwaiter) or nameof(Task.ConfigureAwait)) || !called.HasThis
            || called.DeclaringType.Namespace != "System.Threading.Tasks" || called.DeclaringType.Name is not ("Task" or "Task`1" or "ValueTask" or "ValueTask`1")
            || (called.Name == nameof(Task.ConfigureAwait) && called.Parameters[0].ParameterType.MetadataType != MetadataType.Boolean))
            return null;
        var key = (called.Name, called.DeclaringType.FullName);
        if (_awaits.TryGetValue(key, out var known))
            return known;
        var open = typeof(AwaitPoints).GetMethods().Single(method => method.Name == called.Name && TypeName(method.GetParameters()[0].ParameterType) == called.DeclaringType.Name);
        var standIn = module.ImportReference(open);
        if (called.DeclaringType is GenericInstanceType closed)
        {
            var instance = new GenericInstanceMethod(standIn);
            instance.GenericArguments.Add(closed.GenericArguments[0]);
            standIn = instance;
        }

        return _awaits[key] = standIn;
    }

    private static string TypeName(Type parameter) => (parameter.IsByRef ? parameter.GetElementType()! : parameter).Name;

    private static MethodReference Import(ModuleDefinition module, string name) => module.ImportReference(typeof(InterruptPoints).GetMethod(name));
}

using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Cde.Kernels.Languages.CSharp.Submissions;

/// <summary>Puts interrupt points into one method.</summary>
internal sealed class MethodWeaver
{
    private readonly MethodDefinition _method;
    private readonly PointReferences _points;
    private readonly MethodBody _body;
    private readonly ILProcessor _il;
    private readonly bool _isStateMachine;
    private readonly MethodReference _poll;

    /// <param name="method">The method.</param>
    /// <param name="points">The points, as its module refers to them.</param>
    public MethodWeaver(MethodDefinition method, PointReferences points)
    {
        _method = method;
        _points = points;
        _body = method.Body;
        _il = _body.GetILProcessor();
        _isStateMachine = method.Name == "MoveNext" && method.DeclaringType.Interfaces.Any(one => one.InterfaceType.Name == "IAsyncStateMachine");

        // An async void method hands its exceptions to no task.
        var isCaught = _isStateMachine && !method.DeclaringType.Fields.Any(field => field.FieldType.Name == "AsyncVoidMethodBuilder");
        _poll = isCaught ? points.PollAsync : points.Poll;
    }

    /// <summary>Weaves. An exception from a static constructor would spoil its type, one from a finalizer would end the process: these stay as they are.</summary>
    public void Weave()
    {
        if (_method.Name is ".cctor" or "Finalize")
            return;
        var heads = LoopHeads();
        var enters = IsEntered();
        var catches = _body.ExceptionHandlers.Where(TakesEverything).ToList();
        var isChanged = heads.Count > 0 || enters || catches.Count > 0 || _isStateMachine;
        if (!isChanged)
            return;
        _body.SimplifyMacros();
        foreach (var (head, sources) in heads)
            PollBefore(head, sources);
        foreach (var handler in catches)
            PassThrough(handler);
        if (_isStateMachine)
            MakeAwaitsStoppable();
        if (enters)
            _il.InsertBefore(_body.Instructions[0], _il.Create(OpCodes.Call, _points.Enter));
        _body.OptimizeMacros();
    }

    // The instructions that a later one branches back to, with those that do.
    private Dictionary<Instruction, List<Instruction>> LoopHeads()
    {
        var heads = new Dictionary<Instruction, List<Instruction>>();
        foreach (var instruction in _body.Instructions)
        {
            var targets = instruction.Operand switch
            {
                Instruction target => [target],
                Instruction[] many => many,
                _ => [],
            };
            foreach (var target in targets.Where(target => target.Offset <= instruction.Offset && !IsInCleanup(target)))
            {
                if (!heads.TryGetValue(target, out var sources))
                    heads.Add(target, sources = []);
                sources.Add(instruction);
            }
        }

        return heads;
    }

    // A loop that cleans up is let finish.
    private bool IsInCleanup(Instruction instruction) => _body.ExceptionHandlers.Any(handler =>
        (handler.HandlerType is ExceptionHandlerType.Finally or ExceptionHandlerType.Fault && IsWithin(instruction, handler.HandlerStart, handler.HandlerEnd))
        || (handler.FilterStart is { } filter && IsWithin(instruction, filter, handler.HandlerStart)));

    private static bool IsWithin(Instruction instruction, Instruction start, Instruction? end) =>
        instruction.Offset >= start.Offset && (end is null || instruction.Offset < end.Offset);

    private void PollBefore(Instruction head, List<Instruction> sources)
    {
        var poll = _il.Create(OpCodes.Call, _poll);
        poll.Offset = head.Offset;
        _il.InsertBefore(head, poll);
        foreach (var instruction in _body.Instructions)
        {
            if (instruction.Operand == head)
                instruction.Operand = poll;
            else if (instruction.Operand is Instruction[] targets)
                instruction.Operand = targets.Select(target => target == head ? poll : target).ToArray();
        }

        // A block that begins at the head takes the point in only where the loop runs inside it: outside, no handler of the block can
        // swallow what the point throws; but a branch into the middle of things from inside may not leave the block.
        foreach (var handler in _body.ExceptionHandlers)
        {
            var isLoopInside = sources.Any(source => IsWithin(source, handler.TryStart, handler.TryEnd));
            if (handler.TryEnd == head)
                handler.TryEnd = poll;
            if (handler.HandlerEnd == head)
                handler.HandlerEnd = poll;
            if (handler.TryStart == head && isLoopInside)
                handler.TryStart = poll;
        }
    }

    // A state machine's own handler hands the exception to its task; that is its way on.
    private bool TakesEverything(ExceptionHandler handler)
    {
        if (handler.HandlerType is not (ExceptionHandlerType.Catch or ExceptionHandlerType.Filter) || IsInCleanup(handler.HandlerStart)
            || handler.CatchType is { FullName: not ("System.Object" or "System.Exception" or "System.SystemException") })
            return false;
        return !_isStateMachine || !_body.Instructions.Any(instruction =>
            IsWithin(instruction, handler.HandlerStart, handler.HandlerEnd) && instruction.Operand is MethodReference { Name: "SetException" });
    }

    private void PassThrough(ExceptionHandler handler)
    {
        var first = handler.HandlerStart;
        var pass = _il.Create(OpCodes.Call, _points.Catch);
        pass.Offset = first.Offset;
        _il.InsertBefore(first, pass);
        foreach (var other in _body.ExceptionHandlers)
        {
            if (other.TryEnd == first)
                other.TryEnd = pass;
            if (other.HandlerStart == first)
                other.HandlerStart = pass;
            if (other.HandlerEnd == first)
                other.HandlerEnd = pass;
        }
    }

    private void MakeAwaitsStoppable()
    {
        foreach (var instruction in _body.Instructions.Where(one => one.OpCode == OpCodes.Call || one.OpCode == OpCodes.Callvirt).ToList())
        {
            var called = (MethodReference)instruction.Operand;
            if (_points.StandIn(called) is { } standIn)
            {
                instruction.OpCode = OpCodes.Call;
                instruction.Operand = standIn;
            }
            else if (called.Name == "GetResult" && called.Parameters.Count == 0 && !IsInCleanup(instruction))
            {
                _il.InsertBefore(instruction, _il.Create(OpCodes.Call, _poll));
            }
        }
    }

    // Lambdas are entered from loops of libraries; methods without calls neither recurse nor last, but for their loops. Disposal is let finish.
    private bool IsEntered() =>
        !_isStateMachine && _method.Name is not ("Dispose" or "DisposeAsync" or "SetStateMachine" or "<Initialize>" or "<Factory>") && !_method.IsConstructor
        && (_method.Name.Contains(">b__", StringComparison.Ordinal)
            || _body.Instructions.Any(instruction => instruction.OpCode == OpCodes.Call || instruction.OpCode == OpCodes.Callvirt || instruction.OpCode == OpCodes.Newobj || instruction.OpCode == OpCodes.Calli));
}

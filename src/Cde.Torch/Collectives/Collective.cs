namespace Cde.Torch;

/// <summary>What processes do together; the numbers of <c>cde_collective</c>.</summary>
internal enum Collective
{
    AllReduce,
    Broadcast,
    AllGather,
    Barrier,
}

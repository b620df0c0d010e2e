// Tests count live tensors of the whole process, so no two may run at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// Live tensors are counted for the whole process, so tests that count them cannot run beside others.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

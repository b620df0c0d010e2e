namespace Cde.Kernels.Tests.Jupyter.Zmtp;

/// <summary>Octets of a real conversation, with one to four places changed, dropped, repeated or moved.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] octets, Random random)
    {
        var mutant = octets.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && mutant.Count > 1; changes--)
        {
            var position = random.Next(mutant.Count);
            var length = random.Next(1, Math.Min(20, mutant.Count - position) + 1);
            switch (random.Next(5))
            {
                case 0: mutant[position] ^= (byte)(1 << random.Next(8)); break;
                case 1: mutant[position] = (byte)random.Next(256); break;
                case 2: mutant.RemoveRange(position, length); break;
                case 3: mutant.InsertRange(position, mutant.GetRange(position, length)); break;
                default: mutant.RemoveRange(position, mutant.Count - position); break;
            }
        }

        return [.. mutant];
    }
}

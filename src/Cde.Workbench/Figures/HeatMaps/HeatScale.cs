namespace Cde.Workbench.Figures;

/// <summary>From values to colours.</summary>
/// <remarks>Sequential: viridis (van der Walt and Smith, 2015). Diverging: ColorBrewer's RdBu (Brewer). Both are told apart with colour-blindness.</remarks>
internal sealed class HeatScale
{
    private static readonly int[] Viridis = [0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725];
    private static readonly int[] BlueRed = [0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b];

    private readonly int[] _stops;

    /// <summary>The scale of a heat map.</summary>
    public HeatScale(HeatMap map)
    {
        (From, To) = map.Scale;
        IsDiverging = (map.Colours ?? (From + To == 0 ? HeatColours.Diverging : HeatColours.Sequential)) == HeatColours.Diverging;
        _stops = IsDiverging ? BlueRed : Viridis;
    }

    /// <summary>Where it begins.</summary>
    public double From { get; }

    /// <summary>Where it ends.</summary>
    public double To { get; }

    /// <summary>Whether it has a middle.</summary>
    public bool IsDiverging { get; }

    /// <summary>The colours that lie evenly between its ends, as 0xRRGGBB.</summary>
    public IReadOnlyList<int> Stops => _stops;

    /// <summary>A value's colour, as 0xRRGGBB; the end's where it lies outside.</summary>
    public int Colour(double value)
    {
        var at = Math.Clamp((value - From) / (To - From), 0, 1) * (_stops.Length - 1);
        var stop = Math.Min((int)at, _stops.Length - 2);
        var (share, low, high) = (at - stop, _stops[stop], _stops[stop + 1]);
        int Mix(int shift) => (int)Math.Round(((low >> shift) & 255) + ((((high >> shift) & 255) - ((low >> shift) & 255)) * share)) << shift;
        return Mix(16) | Mix(8) | Mix(0);
    }

    /// <summary>Whether a sign on the colour is white; else black.</summary>
    public bool IsDark(double value)
    {
        var colour = Colour(value);
        return (0.299 * (colour >> 16)) + (0.587 * ((colour >> 8) & 255)) + (0.114 * (colour & 255)) < 128;
    }
}

using Cde.Kernels.Displays;
using Cde.Kernels.Hosting;

namespace Cde.Kernels.Tests.Displays.Registrations;

public sealed class FormatterSourceTests : IDisposable
{
    public void Dispose() => Formatter.ResetToDefault();

    [Fact]
    public void A_type_brings_its_formatters_by_the_attribute_s_name()
    {
        var bundle = Formatter.Format(new Coin(5));

        Assert.Equal("<i>5 ct</i>", bundle[MimeBundle.Html]);
        Assert.Equal("5 ct", bundle[MimeBundle.PlainText]);
        Assert.Equal("{\"ct\":5}", bundle["application/vnd.coin"]);
    }

    [Fact]
    public void They_survive_a_reset_and_reach_derived_types()
    {
        Formatter.ResetToDefault();

        Assert.Equal("5 ct", new RareCoin(5).ToDisplayString());
    }

    [Fact]
    public void A_registered_formatter_comes_first()
    {
        Formatter.Register<Coin>(_ => "mine");

        Assert.Equal("mine", new Coin(5).ToDisplayString());
    }

    [Fact]
    public void A_formatter_that_declines_leaves_the_value_to_the_default() =>
        Assert.Equal("FormatterSourceTests.Coin\n  Cents: -1", new Coin(-1).ToDisplayString());

    [AttributeUsage(AttributeTargets.Class)]
    private sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;

        public string[] PreferredMimeTypes { get; set; } = [];
    }

    [TypeFormatterSource(typeof(CoinFormatters), PreferredMimeTypes = ["text/html", "application/vnd.coin"])]
    private class Coin(int cents)
    {
        public int Cents { get; } = cents;
    }

    private sealed class RareCoin(int cents) : Coin(cents);

    private sealed class CoinFormatters
    {
        public static IEnumerable<object> Made => [new CoinFormatter("text/html", "<i>", "</i>"), new CoinFormatter("text/plain", "", ""), new CoinJson()];

        public IEnumerable<object> CreateTypeFormatters() => Made;
    }

    private sealed class CoinFormatter(string mimeType, string before, string after)
    {
        public string MimeType { get; } = mimeType;

        public bool Format(object value, TextWriter writer)
        {
            if (((Coin)value).Cents < 0)
                return false;
            writer.Write($"{before}{((Coin)value).Cents} ct{after}");
            return true;
        }
    }

    private sealed class CoinJson
    {
        public string MimeType => "application/vnd.coin";

        public bool Format(object value, TextWriter writer)
        {
            writer.Write($"{{\"ct\":{((Coin)value).Cents}}}");
            return true;
        }
    }
}

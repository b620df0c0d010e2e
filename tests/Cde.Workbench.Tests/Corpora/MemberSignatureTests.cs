using Cde.Workbench.Corpora;

namespace Cde.Workbench.Tests.Corpora;

public class MemberSignatureTests
{
    [Theory]
    [InlineData("T:System.Text.Json.JsonDocument", "JsonDocument")]
    [InlineData("T:System.Collections.Generic.List`1", "List<T>")]
    [InlineData("T:System.Func`3", "Func<T1, T2, T3>")]
    [InlineData("M:System.Text.Json.JsonDocument.Dispose", "JsonDocument.Dispose()")]
    [InlineData("M:System.String.#ctor(System.Char[],System.Int32,System.Int32)", "String(Char[], Int32, Int32)")]
    [InlineData("M:System.IO.Stream.#cctor", "Stream()")]
    [InlineData("M:System.Collections.Generic.List`1.AddRange(System.Collections.Generic.IEnumerable{`0})", "List<T>.AddRange(IEnumerable<T>)")]
    [InlineData("M:System.Linq.Enumerable.Select``2(System.Collections.Generic.IEnumerable{``0},System.Func{``0,``1})", "Enumerable.Select<T1, T2>(IEnumerable<T1>, Func<T1, T2>)")]
    [InlineData("M:System.Int32.TryParse(System.String,System.Int32@)", "Int32.TryParse(String, Int32&)")]
    [InlineData("M:X.Y.Fill(System.Int32[0:,0:],System.Byte*,System.Char[][])", "Y.Fill(Int32[,], Byte*, Char[][])")]
    [InlineData("P:System.Collections.Generic.List`1.Item(System.Int32)", "List<T>.Item[Int32]")]
    [InlineData("P:System.String.Length", "String.Length")]
    [InlineData("F:System.Int32.MaxValue", "Int32.MaxValue")]
    [InlineData("E:System.AppDomain.ProcessExit", "AppDomain.ProcessExit")]
    [InlineData("M:System.Decimal.op_Explicit(System.Decimal)~System.Byte", "Decimal.op_Explicit(Decimal) Byte")]
    [InlineData("M:A.B.System#Collections#ICollection#CopyTo(System.Array,System.Int32)", "B.ICollection.CopyTo(Array, Int32)")]
    [InlineData("M:A.B`1.System#Collections#Generic#ICollection{System#Collections#Generic#KeyValuePair{TKey@TValue}}#Clear", "B<T>.ICollection<KeyValuePair<TKey, TValue>>.Clear()")]
    [InlineData("M:A.B.Q(System.Void*,System.Guid@|System.Runtime.InteropServices.InAttribute)", "B.Q(Void*, Guid&)")]
    public void Readable_drops_namespaces_and_names_type_parameters(string id, string expected) =>
        Assert.Equal(expected, MemberSignature.Readable(id, [], []));

    [Fact]
    public void Readable_takes_type_parameters_from_the_documentation() =>
        Assert.Equal(
            "Dictionary<TKey, TValue>.To<TOut>(Func<TKey, TOut>)",
            MemberSignature.Readable("M:S.Dictionary`2.To``1(System.Func{`0,``0})", ["TKey", "TValue"], ["TOut"]));

    [Theory]
    [InlineData("T:System.ReadOnlySpan`1", "ReadOnlySpan")]
    [InlineData("T:System.Nullable{System.Int32}", "Nullable")]
    [InlineData("M:System.Text.Json.JsonDocument.Parse(System.String)", "JsonDocument.Parse")]
    [InlineData("M:System.Text.Json.JsonDocument.#ctor(System.String)", "JsonDocument")]
    [InlineData("P:System.String.Length", "String.Length")]
    [InlineData("JsonDocument", "JsonDocument")]
    [InlineData("", "")]
    public void ShortReference_is_what_a_reader_would_say(string cref, string expected) =>
        Assert.Equal(expected, MemberSignature.ShortReference(cref));

    [Theory]
    [InlineData("M:(")]
    [InlineData("M:)(")]
    [InlineData("M:A.B(")]
    [InlineData("M:A.B(C{")]
    [InlineData("P:`99999999999")]
    [InlineData("M:.")]
    [InlineData("M:#")]
    [InlineData("X:~")]
    public void Damaged_id_gives_some_name_and_no_failure(string id) =>
        Assert.NotNull(MemberSignature.Readable(id, [], []));
}

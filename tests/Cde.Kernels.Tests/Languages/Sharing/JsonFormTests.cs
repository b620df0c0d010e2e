using System.Data;
using System.Text.Json;
using Cde.Kernels.Languages;
using Cde.Workbench;
using FsCheck;
using FsCheck.Fluent;

namespace Cde.Kernels.Tests.Languages.Sharing;

public class JsonFormTests
{
    [Fact]
    public void Numbers_that_JSON_lacks_are_null_in_JSON_and_themselves_in_JavaScript()
    {
        double[] values = [1.5, double.NaN, double.NegativeInfinity];

        Assert.Equal("[1.5,null,null]", JsonForm.Write(values, "x"));
        Assert.Equal("[1.5,NaN,-Infinity]", JsonForm.WriteJavaScript(values, "x"));
    }

    [Fact]
    public void Every_double_survives() => Check.QuickThrowOnFailure(Prop.ForAll<double>(value =>
        !double.IsFinite(value) || JsonDocument.Parse(JsonForm.Write(value, "x")).RootElement.GetDouble().Equals(value)));

    [Fact]
    public void Every_text_survives_and_closes_no_script_element() => Check.QuickThrowOnFailure(Prop.ForAll<string>(text =>
    {
        var json = JsonForm.WriteJavaScript(text + "</script><!--", "x");
        return !json.Contains('<', StringComparison.Ordinal) && Equals(JsonForm.Read(json), text + "</script><!--");
    }));

    [Fact]
    public void A_data_table_is_a_list_of_objects()
    {
        using var table = new DataTable();
        table.Columns.Add("id", typeof(int));
        table.Columns.Add("name", typeof(string));
        table.Rows.Add(1, "a");
        table.Rows.Add(2, DBNull.Value);

        Assert.Equal("""[{"id":1,"name":"a"},{"id":2,"name":null}]""", JsonForm.Write(table, "x"));
    }

    [Fact]
    public void Tuples_and_enumerations_keep_their_parts_and_names() =>
        Assert.Equal("""{"Item1":1,"Item2":"Friday"}""", JsonForm.Write((1, DayOfWeek.Friday), "x"));

    [Fact]
    public void A_cycle_is_refused_with_the_name_and_the_way_out()
    {
        var node = new Node();
        node.Next = node;

        var error = Assert.Throws<CdeException>(() => JsonForm.Write(node, "csharp:node"));

        Assert.StartsWith("csharp:node (Node) cannot be written as JSON: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("share a list or a record of the parts that matter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_that_throws_is_refused()
    {
        var error = Assert.Throws<CdeException>(() => JsonForm.Write(new Broken(), "csharp:broken"));

        Assert.Contains("not today", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_without_a_JSON_form_is_refused() => Assert.Throws<CdeException>(() => JsonForm.Write(() => 1, "f"));

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Broken
    {
        public int Value => throw new InvalidOperationException("not today");
    }
}

using System.Globalization;
using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Quarantining;
using Mlops.Data.Splitting;
using Mlops.Data.Validation;
using Sylvan.Data.Csv;
using Workspace = Mlops.Data.Tests.Ingestion.Workspace;

namespace Mlops.Data.Tests.Quarantining;

/// <summary>Every row that was set aside, as it stands in its file.</summary>
public sealed class QuarantineTests
{
    [Fact]
    public async Task RowsThatDidNotParseAndRowsThatFailedStandInFileOrderWithTheirLines()
    {
        using var workspace = new Workspace()
            .With("id,x,note\n1,5,a\nx,6,b\n\n2,-7,\"two\nlines\"\n3,8,c\n", "a.csv")
            .With("note,id,x\nd,4,-9\ne,5\n", "b.csv");
        var (dataset, _, result) = await Quarantined(workspace, new ColumnRule("x", Min: 0, FailAbove: 1));
        workspace.Text(result.Csv!).ShouldBe(""""
            file,line,column,value,reason,checks,offset,length,text
            a.csv,3,id,x,'x' is not an integer,parse,16,6,"x,6,b"
            a.csv,5,x,-7,"x is at least 0, but for at most 100 % of the values",range:x,23,17,"2,-7,""two
            lines"""
            b.csv,2,x,-9,"x is at least 0, but for at most 100 % of the values",range:x,10,7,"d,4,-9"
            b.csv,3,,,2 cells instead of 3,parse,17,4,"e,5"

            """".ReplaceLineEndings("\n"));
        (result.Unparsed, result.Failed).ShouldBe((2, 2));
        result.Places.ShouldBe([new RowPlace(1, "a.csv", 5), new RowPlace(3, "b.csv", 2)]);
        dataset.Table.RowCount.ShouldBe(4);
    }

    [Fact]
    public async Task WhatIsRedactedIsNeitherInTheValueNorInTheReasonNorInTheText()
    {
        using var workspace =
            new Workspace().With("id,x,note\n1,5,secret1\nsecret2,6,b\n3,-8,secret3\n4,5,secret4,7\n");
        var (dataset, rules, _) = await Quarantined(workspace, new ColumnRule("x", Min: 0, FailAbove: 1));
        var (_, _, result) = await Quarantined(workspace, rules with { Redact = ["note", "id"] });
        var text = workspace.Text(result.Csv!);
        text.ShouldNotContain("secret");
        text.ShouldContain(",x,-8,");
        text.ShouldContain("\"•••,-8,•••\"");
        dataset.QuarantinedRows.ShouldBe(2);
    }

    [Fact]
    public async Task SeveralChecksOfOneRowAreOneRecord()
    {
        using var workspace = new Workspace().With("id,x,note\n1,-5,a\n2,-5,b\n3,5,b\n");
        var (_, _, result) = await Quarantined(workspace, Rules(
            new ColumnRule("x", Min: 0, FailAbove: 1),
            new ColumnRule("note", Forbidden: ["b"], FailAbove: 1)));
        var lines = workspace.Text(result.Csv!).Split('\n');
        lines[2].ShouldContain("x; note,'-5; b,");
        lines[2].ShouldContain("range:x; forbidden:note");
        result.Failed.ShouldBe(3);
    }

    /// <summary>What begins like a formula is text to a spreadsheet, and can be had back.</summary>
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("'=1", "''=1")]
    [InlineData("-1,234.5e-7", "-1,234.5e-7")]
    [InlineData("+7", "+7")]
    [InlineData("'tis", "'tis")]
    [InlineData("a=1", "a=1")]
    public async Task FormulasAreDisarmed(string cell, string shown)
    {
        using var workspace = new Workspace().With($"id,x,note\n1,-1,\"{cell}\"\n2,2,b\n");
        var (_, _, result) = await Quarantined(
            workspace, new ColumnRule("note", Set: ["b"], FailAbove: 1));
        using var csv = CsvDataReader.Create(new StringReader(workspace.Text(result.Csv!)));
        csv.Read().ShouldBeTrue();
        csv.GetString(3).ShouldBe(shown);
    }

    [Fact]
    public async Task NothingSetAsideIsNoFile()
    {
        using var workspace = new Workspace().With("id,x,note\n1,5,a\n");
        var (_, _, result) = await Quarantined(workspace, new ColumnRule("x", Min: 0));
        result.Csv.ShouldBeNull();
        (result.Unparsed, result.Failed, result.Places.Count).ShouldBe((0, 0, 0));
    }

    [Fact]
    public async Task ARowOfACellIsFoundInTheFileOfTheWhole()
    {
        using var workspace = new Workspace()
            .With("id,x,note\n1,1,n\n2,-2,s\n3,-3,n\n", "a.csv").With("id,x,note\n4,-4,n\n5,5,s\n", "b.csv");
        var dataset = await workspace.Ingest(workspace.Input(columns: Aside.Columns));
        var partition =
            await workspace.Context.Call(PartitionStage.Value, new PartitionInput(dataset.Table, "note"));
        var north = partition.Cells.Single(cell => cell.Value == "n").Table;
        var validation = await workspace.Context.Call(ValidateStage.Value, new ValidateInput(
            north, null, Rules(new ColumnRule("x", Min: 0, FailAbove: 1))));
        var result = await workspace.Context.Call(QuarantineStage.Value, new QuarantineInput(
            dataset.Sources, new TextFormat(), north, dataset.Table, "note",
            "n", validation.TakenOut ?? [], validation.Details, null));
        result.Places.ShouldBe([new RowPlace(1, "a.csv", 4), new RowPlace(2, "b.csv", 2)]);
    }

    /// <summary>
    /// Rows in = rows kept + rows that did not parse + rows that failed, and each of those set aside is the
    /// record of its line, whatever the cells, the line ends, the pieces that files are cut
    /// into and the rules.
    /// </summary>
    [Fact]
    public async Task NoRowIsLostAndEachIsFoundAgain() => await Gen.Select(
            Gen.Select(Cell, Number, Cell).Array[0, 25].Array[1, 3], Gen.Bool, Gen.Int[-3, 3], Gen.Bool)
        .SampleAsync(async (files, isWindows, min, isUnique) =>
        {
            var end = isWindows ? "\r\n" : "\n";
            using var workspace = new Workspace();
            var records = new Dictionary<(string File, long Line), string>();
            foreach (var (number, rows) in files.Index())
            {
                var (text, line) = (new StringBuilder($"id,x,note{end}"), 2L);
                foreach (var (id, x, note) in rows.Append(("0", "1", "last")))
                {
                    var record = $"{Quoted(id)},{x},{Quoted(note)}";
                    records[($"{number}.csv", line)] = record;
                    text.Append(record).Append(end);
                    line += 1 + record.Count(c => c == '\n');
                }
                workspace.With(text.ToString(), $"{number}.csv");
            }
            var rules = Rules(new ColumnRule("x", Min: min, FailAbove: 1),
                new ColumnRule("note", Unique: isUnique, FailAbove: 1));
            var dataset = await workspace.Ingest(
                workspace.Input(columns: Aside.Columns) with { QuarantineMaxShare = 1 }, maxPieceBytes: 64);
            var (validation, result) = await Aside.Of(workspace, dataset, rules);
            (dataset.Table.RowCount - result.Failed + result.Unparsed + result.Failed)
                .ShouldBe(records.Count);
            result.Unparsed.ShouldBe(dataset.QuarantinedRows);
            result.Failed.ShouldBe(validation.RowsTakenOut);
            if (result.Csv is null)
                return;
            using var csv = CsvDataReader.Create(new StringReader(workspace.Text(result.Csv)));
            var seen = new HashSet<(string, long)>();
            while (csv.Read())
            {
                var place = (csv.GetString(0), long.Parse(csv.GetString(1), CultureInfo.InvariantCulture));
                seen.Add(place).ShouldBeTrue();
                csv.GetString(8).ShouldBe(records[place]);
                if (csv.GetString(5).Contains("range:x", StringComparison.Ordinal))
                    double.Parse(
                        csv.GetString(3).TrimStart('\'').Split("; ")[0], CultureInfo.InvariantCulture)
                        .ShouldBeLessThan(min);
            }
            seen.Count.ShouldBe((int)(result.Unparsed + result.Failed));
        }, iter: 25, threads: 1);

    static readonly Gen<string> Cell = OneOf(
        "1", "22", "", "a,b", "two\nlines", "say \"no\"", "ü", "oops", "7");

    static readonly Gen<string> Number = OneOf("1", "-2", "2.5", "", "none", "0");

    static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    static string Quoted(string cell) => QuarantineCsv.Quoted(cell);

    static ValidationRules Rules(params ColumnRule[] columns) => new([], null, null, null, columns);

    static Task<(Dataset Dataset, ValidationRules Rules, QuarantineResult Result)> Quarantined(
        Workspace workspace, ColumnRule rule) => Quarantined(workspace, Rules(rule));

    static async Task<(Dataset Dataset, ValidationRules Rules, QuarantineResult Result)> Quarantined(
        Workspace workspace, ValidationRules rules)
    {
        var dataset = await workspace.Ingest(
            workspace.Input(columns: Aside.Columns) with { QuarantineMaxShare = 1 });
        return (dataset, rules, (await Aside.Of(workspace, dataset, rules)).Result);
    }
}

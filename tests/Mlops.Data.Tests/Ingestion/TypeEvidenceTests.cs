using System.Text;
using CsCheck;
using Mlops.Data.Ingestion;
using Mlops.Data.Tables;
using Mlops.Data.Tests.Ingestion.Typed;

namespace Mlops.Data.Tests.Ingestion;

public sealed class TypeEvidenceTests : IDisposable
{
    readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    async Task<string> Evidence(string column = "v", IngestInput? input = null)
    {
        var dataset = await workspace.Ingest(input ?? workspace.Input());
        var origin = dataset.Origins.ShouldNotBeNull().Single(origin => origin.Column == column);
        return dataset.Table.Schema.Find(column)!.TypeWord + ", " + origin.Evidence
            + (origin.Because is null ? "" : $"; because {origin.Because}");
    }

    [Theory]
    [InlineData("v\n1\n2\n", "integer, inferred from 2 cells, none missing")]
    [InlineData("v,w\n,1\n2,1\n,1\n", "integer, inferred from 3 cells, 66.7 % missing")]
    [InlineData("v,w\n,1\n ,2\n", "text, inferred from 2 cells, all missing")]
    [InlineData("v\n1\n2.5\n3\n",
        "real, inferred from 3 cells, none missing; because '2.5' in data.csv line 3 is no integer")]
    [InlineData("v\n1\n2.5\nn/a\nx\n",
        "text, inferred from 4 cells, none missing; because 'n/a' in data.csv line 4 is no number")]
    [InlineData(
        "v\nRome\n1\n", "text, inferred from 2 cells, none missing; because 'Rome' in data.csv line 2 "
            + "is no number, date, true or false")]
    [InlineData("v\n12\n007\n", "text, inferred from 2 cells, none missing; because '007' in data.csv line 3 "
        + "is digits that a number would not keep")]
    [InlineData("v\ntrue\n1\n", "text, inferred from 2 cells, none missing; because '1' in data.csv line 3 "
        + "is neither true nor false")]
    [InlineData("v\n2026-01-01\n2026-01-01T10:00\n",
        "timestamp, inferred from 2 cells, none missing; because "
            + "'2026-01-01T10:00' in data.csv line 3 is no date alone")]
    [InlineData("v,w\n1,\"a\nb\"\n2,\"c\n\"\"d\"\"\"\nx,e\n",
        "text, inferred from 3 cells, none missing; because 'x' in data.csv line 6 is no number")]
    public async Task AnInferredTypeNamesTheCellThatNoNarrowerTypeReads(string text, string evidence)
    {
        workspace.With(text);
        (await Evidence()).ShouldBe(evidence);
    }

    [Fact]
    public async Task ADeclaredTypeIsSaidToBeDeclared()
    {
        workspace.With("v\n1\n");
        (await Evidence(input: workspace.Input(columns: [new("v", ColumnType.Real)])))
            .ShouldBe("real, declared");
    }

    [Fact]
    public async Task TypedLinesAndPathsGiveEvidenceToo()
    {
        workspace.With("{\"v\":1}\n{\"v\":null}\n{\"v\":2.5}\n", "m=1/a.jsonl")
            .With("{\"v\":1}\n{\"v\":\"x\"}\n", "m=2/b.jsonl");
        (await Evidence()).ShouldBe(
            "text, inferred from 5 cells, 20.0 % missing; because 'x' in m=2/b.jsonl line 2 is no number");
        (await Evidence("m")).ShouldBe("integer, inferred from 2 cells out of paths, none missing");
    }

    [Fact]
    public async Task ACellOfALaterPieceIsNamedByItsLineInTheFile()
    {
        var rows = string.Concat(Enumerable.Range(0, 3_000).Select(i => i == 2_500 ? "x,1\n" : $"{i},1\n"));
        workspace.With("v,w\n" + rows);
        var dataset = await workspace.Ingest(workspace.Input(), maxPieceBytes: 3_000);
        dataset.Table.Parts.Count.ShouldBeGreaterThan(3);
        dataset.Origins![0].ShouldBe(new ColumnOrigin(
            "v", "inferred from 3,000 cells, none missing", "'x' in data.csv line 2502 is no number"));
    }

    [Fact]
    public async Task TheEvidenceIsThatOfTheFirstRefusingCellWhateverStandsAroundIt()
    {
        var cell = Gen.Int[0, Cells.Length - 1].Select(i => Cells[i]);
        await cell.Array[1, 40].SampleAsync(async cells =>
        {
            using var any = new Workspace();
            any.With("v,w\n" + string.Concat(cells.Select(each => each + ",1\n")));
            var dataset = await any.Ingest(any.Input(new TextFormat(Missing: ["-"])));
            dataset.Origins![0].ShouldBe(Expected(cells), string.Join('|', cells));
        }, iter: 200, threads: 1);
    }

    static readonly string[] Cells =
        ["1", "1", "2", "2", "2.5", "n/a", "", " ", "-", " - ", "é", "\"q \"\"x\"\"\"", "\"7\""];

    /// <summary>Read the slow way: integers, then numbers, then text.</summary>
    static ColumnOrigin Expected(string[] cells)
    {
        var read = cells.Select(cell =>
            cell.StartsWith('"') ? cell[1..^1].Replace("\"\"", "\"") : cell.Trim()).ToList();
        var missing = read.Count(cell => cell is "" or "-");
        string? because = null;
        var (type, hasValues) = (0, false);
        for (var i = 0; i < read.Count && type < 2; i++)
        {
            if (read[i] is "" or "-")
                continue;
            var wanted = read[i] is "1" or "2" or "7" ? 0 : read[i] == "2.5" ? 1 : 2;
            if (wanted > type && (hasValues || wanted == 2))
                because = $"'{read[i]}' in data.csv line {i + 2} is " + (wanted == 1 ? "no integer"
                    : hasValues ? "no number" : "no number, date, true or false");
            (type, hasValues) = (Math.Max(type, wanted), true);
        }
        var share = missing == 0 ? "none" : missing == read.Count ? "all"
            : FormattableString.Invariant($"{100.0 * missing / read.Count:0.0} %");
        return new ColumnOrigin(
            "v",
            $"inferred from {read.Count} {(read.Count == 1 ? "cell" : "cells")}, {share} missing", because);
    }

    [Fact]
    public async Task AFileThatAloneMakesATypeAnotherOneIsAFinding()
    {
        workspace.With("v,w\n1,1\n", "1.csv").With("v,w\n2,x\n", "2.csv").With("v,w\n3,2\n", "3.csv")
            .With("v,w\n4.5,y\n", "4.csv");
        (await workspace.Ingest(workspace.Input())).Judgement.Findings.ShouldBe(
        [
            "'v' is real because of 4.csv ('4.5' in line 2); in the other 3 files it reads as integer.",
        ]);
        workspace.Change("4.csv", "v,w\n4,5\n");
        (await workspace.Ingest(workspace.Input())).Judgement.Findings.ShouldBe(
            ["'w' is text because of 2.csv ('x' in line 2); in the other 3 files it reads as integer."]);
    }

    [Fact]
    public async Task ATypeThatEveryFileWidensIsNoFinding()
    {
        workspace.With("v\n1\n", "1.csv").With("v\n2.5\n", "2.csv");
        (await workspace.Ingest(workspace.Input())).Judgement.Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(4, 4, 0, true)]
    [InlineData(4, 5, 0, false)]
    [InlineData(4, 5, 1, true)]
    [InlineData(1, 0, 0, false)]
    public async Task ADeclaredColumnThatHalfOfAFileDoesNotReadAsHasPerhapsChanged(
        int unfit, int fit, int missing, bool said)
    {
        var text = new StringBuilder("price,w\n");
        text.Append(string.Concat(Enumerable.Repeat("EUR 12,1\n", unfit)));
        for (var i = 0; i < fit; i++)
            text.Append(i < missing ? ",1\n" : "1.5,1\n");
        workspace.With("price,w\n1,1\n2,1\n", "2026-03.csv").With(text.ToString(), "2026-04.csv");
        var dataset = await workspace.Ingest(workspace.Input(
            columns: [new("price", ColumnType.Real), new("w", ColumnType.Integer)], maxShare: 1));
        dataset.Judgement.Findings.Where(finding => finding.StartsWith("Type changed?")).ShouldBe(said
            ?
            [
                $"Type changed? 'price' is declared real, but {unfit} of {unfit + fit - missing} cells of "
                + "2026-04.csv do not read so: 'EUR 12' is not a number (line 2).",
            ]
            : []);
    }

    [Fact]
    public async Task WhatHasNoLinesIsNumberedByRows()
    {
        using var files = new TypedFiles();
        var file = files.AddSqlite("a.db", "CREATE TABLE t (v); INSERT INTO t VALUES (1), ('x'), ('y')");
        workspace.With("a.db", await files.Bytes(file));
        var declared = await workspace.Ingest(
            workspace.Input(columns: [new("v", ColumnType.Integer)], maxShare: 1));
        declared.Judgement.Findings.Single(finding => finding.StartsWith("Type changed?"))
            .ShouldEndWith("'x' is not an integer (row 2).");
        (await Evidence()).ShouldEndWith("because 'x' in a.db row 2 is no number");
    }
}
